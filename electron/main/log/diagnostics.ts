import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { LOG_EVENTS } from './log.ts'

/** Lines of the log that go along. */
const LATEST = 500
/** A line as `openLog` writes it: whatever else stands in the file is left out. */
const lineSchema = z
  .object({
    at: z.iso.datetime(),
    level: z.enum(['info', 'warn']),
    event: z.enum(LOG_EVENTS),
    exitCode: z.number().optional(),
    packaged: z.boolean().optional(),
    error: z
      .string()
      .regex(/^[A-Za-z0-9_]{1,40}$/)
      .optional(),
  })
  .strict()

/** Facts of the machine and the app: none of them names a person, a customer or a company. */
export interface MachineFacts {
  readonly version: string
  readonly packaged: boolean
  readonly platform: string
  readonly release: string
  readonly arch: string
  readonly memoryMb: number
  readonly versions: Readonly<Record<string, string | undefined>>
}

/** What support needs, as JSON text without personal data: the facts, and the latest lines of the log. */
export function describeForSupport(facts: MachineFacts, logFile: string): string {
  const { electron, chrome, node } = facts.versions
  return JSON.stringify({ ...facts, versions: { electron, chrome, node }, log: readLog(logFile) })
}

function readLog(file: string): readonly z.output<typeof lineSchema>[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return [] // no log yet
  }
  return text
    .split('\n')
    .slice(-LATEST)
    .flatMap((line) => {
      try {
        const parsed = lineSchema.safeParse(JSON.parse(line))
        return parsed.success ? [parsed.data] : []
      } catch {
        return []
      }
    })
}
