/**
 * `npm run handover -- FILE [--passphrase P] [--json]`: opens a file of unsent changes that the app
 * made when access to a company ended, and prints it as text, or as JSON. The passphrase may also
 * come from the environment (HANDOVER_PASSPHRASE), which shell histories don't keep, or be typed.
 */
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { openHandover } from '#sync/handover/handover-file.ts'
import { handoverText } from '#sync/handover/handover-text.ts'
import { endWith } from './cli.ts'

const USAGE = 'npm run handover -- FILE [--passphrase PASSPHRASE] [--json]'

function readArguments() {
  const options = { passphrase: { type: 'string' }, json: { type: 'boolean' } } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: true })
    const [file, ...more] = positionals
    return file === undefined || more.length > 0 ? endWith(`Name one file. Usage: ${USAGE}`) : { file, ...values }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    return endWith(`${reason}. Usage: ${USAGE}`)
  }
}

async function ask(): Promise<string> {
  if (!process.stdin.isTTY) return endWith(`Say the passphrase: ${USAGE}, or set HANDOVER_PASSPHRASE.`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const typed = await terminal.question('Passphrase: ')
  terminal.close()
  return typed
}

const { file, passphrase, json } = readArguments()
const text = await readFile(file, 'utf8').catch(() => endWith(`There is no file ${file} that can be read.`))
const opened = await openHandover(text, passphrase ?? process.env.HANDOVER_PASSPHRASE ?? (await ask()))
if (!opened.ok) endWith(opened.error.message)
process.stdout.write(json === true ? `${JSON.stringify(opened.value, null, 2)}\n` : handoverText(opened.value))
