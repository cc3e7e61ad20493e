import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { layTemplate } from '#database/embedded/testing/template-folder.ts'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'tradesphere-commands-'))
chmodSync(folder, 0o755)
const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts a script of ours; `ready` resolves with its ready line. */
function start(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], { cwd: root })
  children.add(child)
  let stdout = ''
  let stderr = ''
  const ready = Promise.withResolvers<void>()
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    if (/^ready \{.*\}$/m.test(stdout)) ready.resolve()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code) => {
      children.delete(child)
      done({ code, stdout, stderr })
    })
  })
  return { child, ready: ready.promise, ended }
}

/** Bad input ends with exit code 2 and one line that says what to do. */
function expectOneLine({ code, stdout, stderr }: Ended): void {
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).not.toMatch(/\bat .+:\d+:\d+|node:internal/)
}

describe('the commands', () => {
  test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGKILL'] as const)(
    'backend: %s to the npm that runs it ends it, and the folder is free again',
    async (signal) => {
      const data = join(folder, `npm-${signal}`)
      await layTemplate(data)
      const scripts = {
        outer: 'true && npm run --silent inner',
        inner: `"${process.execPath}" "${join(root, 'scripts/backend.ts')}" --port 0 --data "${data}" --customers 5`,
      }
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'outer', scripts }))
      const npm = spawn('npm', ['run', '--silent', 'outer'], { cwd: folder })
      children.add(npm)
      const url = await new Promise<string>((done) => {
        let stdout = ''
        npm.stdout.on('data', (chunk: Buffer) => {
          stdout += chunk.toString()
          const found = /^ready .*?"url":"([^"]+)"/m.exec(stdout)?.[1]
          if (found !== undefined) done(found)
        })
      })
      npm.kill(signal)
      await expect.poll(() => fetch(url).catch(() => 'gone')).toBe('gone')
      await expect.poll(() => existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)
      const again = start('backend.ts', '--port', '0', '--data', data)
      await again.ready
      again.child.kill('SIGTERM')
      expect(await again.ended).toMatchObject({ code: 0, stderr: '' })
    },
  )

  test('backend: a port that is taken is told, and the data folder stays as it was', async () => {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const ended = await start('backend.ts', '--port', String(port), '--data', join(folder, 'b')).ended
    server.close()
    expectOneLine(ended)
    expect(ended.stderr).toContain(String(port))
    expect(existsSync(join(folder, 'b')) ? readdirSync(join(folder, 'b')) : []).toEqual([])
  })

  test('backend: a folder that holds something else is told, and left alone', async () => {
    const data = join(folder, 'c')
    mkdirSync(data)
    writeFileSync(join(data, 'letter.txt'), 'mine')
    const ended = await start('backend.ts', '--port', '0', '--data', data).ended
    expectOneLine(ended)
    expect(readdirSync(data)).toEqual(['letter.txt'])
  })

  test.each([
    ['backend.ts', ['--port', 'eighty'], /--port/],
    ['backend.ts', ['--customers', '-5'], /customers/],
    ['backend.ts', ['--colour', 'red'], /colour/],
    ['backend.ts', ['--data', ''], /--data/],
    ['start.ts', ['--port', '70000'], /--port/],
    ['start.ts', ['--nope'], /nope/],
    ['db-migrate.ts', [], /--url/],
    ['db-migrate.ts', ['--url', 'mysql://x'], /--url/],
    ['db-migrate.ts', ['--url', 'postgres://nobody:x@127.0.0.1:9/none'], /reach|connect/i],
    ['test.ts', ['--only', 'everything'], /everything/],
    ['flaky.ts', ['--times', 'often'], /often/],
  ] as const)('%s %j: one line, exit code 2', async (script, args, says) => {
    const ended = await start(script, ...args).ended
    expectOneLine(ended)
    expect(ended.stderr).toMatch(says)
  })
})
