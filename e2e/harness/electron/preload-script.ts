import { decode, encode } from './codec.ts'

/** Name of Playwright's binding that carries a call to main; taken off the page before the preload runs. */
export const INVOKE_BINDING = '__standinInvoke'
/** Symbol under which main reaches the listeners of the page. */
export const DISPATCH_SYMBOL = 'electron.standin.dispatch'

/**
 * Text of the script that runs the BUILT preload in the page before anything else does, in a closed
 * scope, with `require('electron')` as a sandboxed preload sees it. What it exposes is copied and
 * frozen as `contextBridge` does. It runs in the page's world: real isolation needs real Electron.
 */
export function preloadScript(preload: string): string {
  return `(() => {
  if (window.top !== window || location.href === 'about:blank') return;
  const binding = globalThis[${JSON.stringify(INVOKE_BINDING)}];
  delete globalThis[${JSON.stringify(INVOKE_BINDING)}];
  const __name = (f) => f; // a helper that TypeScript transformers may leave in the source of encode and decode
  const encode = ${encode.toString()};
  const decode = ${decode.toString()};
  const listeners = new Map();
  const invoke = async (channel, ...args) => {
    const answer = JSON.parse(await binding(channel, encode(structuredClone(args))));
    if (answer.error !== undefined) throw new Error("Error invoking remote method '" + channel + "': " + answer.error);
    return decode(answer.value);
  };
  const ipcRenderer = Object.freeze({
    invoke,
    on: (channel, fn) => { listeners.set(channel, [...(listeners.get(channel) ?? []), fn]); return ipcRenderer; },
    off: (channel, fn) => { listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== fn)); return ipcRenderer; },
  });
  Object.defineProperty(globalThis, Symbol.for(${JSON.stringify(DISPATCH_SYMBOL)}), {
    value: (channel, text) => { for (const fn of listeners.get(channel) ?? []) fn({ senderId: 0 }, ...decode(text)); },
  });
  const cross = (value) => {
    if (typeof value === 'function') return (...args) => cross(value(...args.map(cross)));
    if (value instanceof Promise) return value.then(cross);
    if (Array.isArray(value)) return value.map(cross);
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cross(item)]));
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    return value !== null && typeof value === 'object' ? structuredClone(value) : value;
  };
  const freeze = (value) => {
    if (value !== null && typeof value === 'object') { Object.values(value).forEach(freeze); Object.freeze(value); }
    return value;
  };
  const contextBridge = Object.freeze({
    exposeInMainWorld: (key, api) => {
      if (Object.hasOwn(globalThis, key)) throw new Error('Cannot bind an API on top of an existing property on the window object');
      Object.defineProperty(globalThis, key, { value: freeze(cross(api)), enumerable: true, writable: false, configurable: false });
    },
  });
  const strict = (name, target) => new Proxy(target, {
    get: (found, key) => {
      if (key in found || typeof key === 'symbol') return found[key];
      throw new Error('The stand-in for Electron has no ' + name + '.' + String(key) + ': add it to e2e/harness/electron.');
    },
  });
  const electron = strict('electron (preload)', { contextBridge: strict('contextBridge', contextBridge), ipcRenderer: strict('ipcRenderer', ipcRenderer) });
  const require = (id) => {
    if (id === 'electron' || id === 'electron/renderer') return electron;
    throw new Error('module not found: ' + id + ' (a sandboxed preload has only electron, events, timers, url)');
  };
  const module = { exports: {} };
  (function (require, module, exports, process, __dirname) {
${preload}
  })(require, module, module.exports, undefined, undefined);
})();`
}
