import { parseArgs } from 'node:util'

type Spec = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>
type Values<S extends Spec> = { readonly [K in keyof S]?: S[K]['type'] extends 'boolean' ? boolean : string }

/** Ends the command as every command of ours ends on bad input: one line that says what to do, exit code 2. */
export function endWith(message: string): never {
  process.stderr.write(`${message.replaceAll('\n', ' ')}\n`)
  process.exit(2)
}

/**
 * The options of a command. `--no-x` switches `x` off where `x` is a flag.
 * Unknown or malformed options end the process (see `endWith`).
 */
export function readOptions<S extends Spec>(usage: string, options: S): Values<S> {
  try {
    const { values } = parseArgs({ args: process.argv.slice(2), options, strict: true, allowNegative: true })
    return values as Values<S>
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    return endWith(`${reason}. Usage: ${usage}`)
  }
}

/** A whole number in a range; anything else ends the process with a sentence. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  fallback: number,
  min: number,
  max: number,
): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    return endWith(`--${name} takes a whole number from ${min} to ${max}, not "${text}".`)
  }
  return value
}
