/**
 * Text for what structured clone carries and JSON does not: the harness' IPC travels as text
 * between Chromium and Node. Both functions are self-contained, since their source is also
 * injected into the page.
 */
export function encode(value: unknown): string {
  const walk = (item: unknown): unknown => {
    if (item === undefined) return { $: 'undefined' }
    if (item === null || typeof item === 'boolean' || typeof item === 'string') return item
    if (typeof item === 'number') {
      if (Object.is(item, -0)) return { $: 'number', of: '-0' }
      return Number.isFinite(item) ? item : { $: 'number', of: String(item) }
    }
    if (typeof item === 'bigint') return { $: 'bigint', of: String(item) }
    if (item instanceof Date) return { $: 'date', of: String(item.getTime()) }
    if (item instanceof Map) return { $: 'map', of: [...item].map((pair) => pair.map(walk)) }
    if (item instanceof Set) return { $: 'set', of: [...item].map(walk) }
    if (item instanceof Uint8Array) return { $: 'bytes', of: Array.from(item) }
    if (Array.isArray(item)) return item.map(walk)
    if (typeof item === 'object') return { $: 'object', of: Object.entries(item).map(([key, of]) => [key, walk(of)]) }
    throw new Error('An object could not be cloned.')
  }
  return JSON.stringify(walk(value))
}

/** The value that `encode` made the text of. */
export function decode(text: string): unknown {
  const walk = (item: unknown): unknown => {
    if (item === null || typeof item !== 'object') return item
    if (Array.isArray(item)) return item.map(walk)
    const { $: kind, of } = item as { $: string; of: never }
    switch (kind) {
      case 'undefined':
        return undefined
      case 'number':
        return Number(of)
      case 'bigint':
        return BigInt(of)
      case 'date':
        return new Date(Number(of))
      case 'map':
        return new Map((of as [unknown, unknown][]).map(([key, value]) => [walk(key), walk(value)]))
      case 'set':
        return new Set((of as unknown[]).map(walk))
      case 'bytes':
        return new Uint8Array(of)
      case 'object':
        return Object.fromEntries((of as [string, unknown][]).map(([key, value]) => [key, walk(value)]))
      default:
        throw new Error(`unknown kind ${kind}`)
    }
  }
  return walk(JSON.parse(text))
}
