import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

// `import 'electron'` in the built main bundle gets the stand-in of its own launch: every launch
// loads the bundle anew, told apart by a query that its imports inherit.
const standins = new Map<string, object>()
const GLOBAL_KEY = 'tradesphere.electron-standins'
Object.defineProperty(globalThis, Symbol.for(GLOBAL_KEY), { value: standins, configurable: true })
let launches = 0
let installed = false

function launchOf(url: string | undefined): string | undefined {
  return /[?&]standin=(\d+)/.exec(url ?? '')?.[1]
}

function install(): void {
  if (installed) return
  installed = true
  registerHooks({
    resolve(specifier, context, next) {
      const launch = launchOf(context.parentURL)
      if (launch === undefined) return next(specifier, context)
      if (specifier === 'electron' || specifier === 'electron/main' || specifier === 'electron/common') {
        return { url: `standin:electron?standin=${launch}`, format: 'module', shortCircuit: true }
      }
      const found = next(specifier, context)
      const isOurs = found.url.startsWith('file:') && !found.url.includes('/node_modules/')
      return isOurs ? { ...found, url: `${found.url}?standin=${launch}` } : found
    },
    load(url, context, next) {
      if (!url.startsWith('standin:electron')) return next(url, context)
      const launch = launchOf(url) ?? ''
      const names = Object.keys(standins.get(launch) ?? {})
      const source = [
        `const electron = globalThis[Symbol.for(${JSON.stringify(GLOBAL_KEY)})].get(${JSON.stringify(launch)})`,
        ...names.map((name) => `export const ${name} = electron.${name}`),
        'export default electron',
      ].join('\n')
      return { format: 'module', source, shortCircuit: true }
    },
  })
}

/** Runs a built main bundle (an ES module) with `electron` being the given stand-in. */
export async function loadMain(file: string, electron: object): Promise<void> {
  install()
  launches += 1
  standins.set(String(launches), electron)
  await import(`${pathToFileURL(file).href}?standin=${launches}`)
}
