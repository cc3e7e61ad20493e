import type { Plugin, Rolldown } from 'vite'

/** What a start reads before it shows customers, minified. Whoever needs more loads the rest later, or raises it with a reason. */
const LIMITS = {
  '/renderer/app/start-app.tsx': 1_220_000,
  '/sync/worker/replica.worker.ts': 380_000,
} as const
type Start = keyof typeof LIMITS

/**
 * Has the page fetch the code of the app along with itself. It is imported by a small entry, which starts
 * the worker first, and would be asked for only when that has run.
 */
export function preloadApp(): Plugin {
  return {
    name: 'preload-app',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        startChunks(bundle, '/renderer/app/start-app.tsx').map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
          injectTo: 'head',
        })),
    },
  }
}

/** Fails a build in which a module that a start begins with takes more code along than its limit, in bytes. */
export function limitStart(start: Start): Plugin {
  return {
    name: 'limit-start',
    generateBundle(_options, bundle) {
      const bytes = startChunks(bundle, start).reduce((sum, { code }) => sum + Buffer.byteLength(code), 0)
      if (bytes === 0) this.error(`${start} is in no chunk: name the module that a start begins with.`)
      if (bytes <= LIMITS[start]) return
      this.error(
        `A start reads ${bytes} bytes of code for ${start}, ${LIMITS[start]} are the limit. Import what the first list does not need with import().`,
      )
    },
  }
}

/** The chunk of a module, and all that it imports statically. */
function startChunks(bundle: Rolldown.OutputBundle, start: Start): Rolldown.OutputChunk[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const found = new Set(chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith(start)))
  for (const { imports } of found) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk)
  }
  return [...found]
}
