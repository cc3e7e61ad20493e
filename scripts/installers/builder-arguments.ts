/** What an installer is built from and for. */
export interface DistOptions {
  /** Only the unpacked app, of this machine's kind. */
  readonly dir: boolean
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Where the installed app will look for updates. */
  readonly updatesUrl: string | undefined
}

/** The arguments of electron-builder. Nothing is ever uploaded by it. */
export function builderArguments({ dir, platform, arch, updatesUrl }: DistOptions): readonly string[] {
  // A universal Mac app needs the runtime of the other processor too: electron-builder fetches both.
  const usesInstalledRuntime = dir || platform !== 'darwin'
  return [
    '--config',
    'electron-builder.yml',
    '--publish',
    'never',
    ...(dir ? ['--dir', `--${arch}`] : []),
    ...(usesInstalledRuntime ? ['--config.electronDist=node_modules/electron/dist'] : []),
    ...(updatesUrl === undefined ? ['--config.publish=null'] : []),
  ]
}
