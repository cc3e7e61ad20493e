/** CSS modules: a class name by its name in the file. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}

declare module '*.css'
declare module '@fontsource-variable/inter'
