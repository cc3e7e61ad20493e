import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { DefectName } from './defects/planted-defects.ts'

/** Runs the command as a user would, with a defect planted where one is named. */
export async function runCommand(
  options: readonly string[],
  defect?: DefectName,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const planted = defect === undefined ? [] : ['--import', join(import.meta.dirname, 'defects', 'plant.ts')]
  const child = spawn(process.execPath, [...planted, join(import.meta.dirname, 'chaos.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(defect === undefined ? {} : { CHAOS_DEFECT: defect }) },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output }
}
