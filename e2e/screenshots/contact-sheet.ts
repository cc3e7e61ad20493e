import type { Picture } from './camera.ts'

/** A page that shows pictures side by side: a line for each screen. */
export function contactSheet(pictures: readonly Picture[]): string {
  const lines = [...Map.groupBy(pictures, ({ name }) => name)].map(([name, views]) => {
    const shown = views.map(
      ({ file, width, scheme }) =>
        `<a href="${file}"><img src="${file}" alt="${width} px, ${scheme}" width="${Math.round(width / 2.8)}" loading="lazy"></a>`,
    )
    return `<section><h2>${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</h2>${shown.join('')}</section>`
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screens</title>
<style>
  body { font: 14px system-ui; margin: 24px; background: #ddd; }
  h2 { font-size: 14px; margin: 24px 0 8px; }
  img { vertical-align: top; margin-inline-end: 12px; border: 1px solid #999; }
</style>
${lines.join('\n')}
</html>
`
}
