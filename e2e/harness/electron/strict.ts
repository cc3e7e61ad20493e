/** Makes every use of something that the stand-in lacks an error with its name, instead of `undefined`. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(found, key) {
      // `then` and `toJSON` are asked for by await and by test reporters.
      if (key in found || typeof key === 'symbol' || key === 'then' || key === 'toJSON') {
        // Neither the proxy as receiver nor as `this`: getters and methods must see their private fields.
        const value: unknown = Reflect.get(found, key)
        return typeof value === 'function' ? value.bind(found) : value
      }
      throw new Error(`The stand-in for Electron has no ${name}.${key}: add it to e2e/harness/electron.`)
    },
  })
}
