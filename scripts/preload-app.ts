import type { Plugin } from 'vite'

/**
 * Has the page fetch the code of the app along with itself. It is imported by a small entry, which starts
 * the worker first, and would be asked for only when that has run.
 *
 * @param entry the end of the path of the module that the entry imports
 */
export function preloadApp(entry: string): Plugin {
  return {
    name: 'preload-app',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const chunks = Object.values(bundle ?? {}).filter((output) => output.type === 'chunk')
        const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(entry))
        if (app === undefined) return []
        return [app.fileName, ...app.imports].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          injectTo: 'head',
        }))
      },
    },
  }
}
