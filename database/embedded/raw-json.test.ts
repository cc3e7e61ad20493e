import { expect, test } from 'vitest'
import { parseJson, withRawJson } from './raw-json.ts'

const LARGE = JSON.stringify({ rows: Array.from({ length: 2_000 }, (_, n) => ({ n, text: 'ü $& $1 $\' \\ " \n' })) })

function answer(value: () => unknown): Promise<Response> {
  return withRawJson(async () => {
    await Promise.resolve()
    // As Supabase Lite encodes its answers.
    const body = new TextEncoder().encode(JSON.stringify(value(), (_, part) => part))
    return new Response(body, {
      status: 206,
      headers: { 'content-length': String(body.length), 'content-type': 'application/json; charset=utf-8' },
    })
  })
}

test('SY-3: a large answer goes out as Postgres wrote it', async () => {
  const text = `${LARGE.slice(0, -1)} , "big" : 12345678901234567890}`
  const response = await answer(() => parseJson(text))
  expect(await response.text()).toBe(text)
  expect(response.status).toBe(206)
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(response.headers.get('content-length')).toBeNull()
})

test('SY-3: large values inside of an answer stand where they belong, small ones are values', async () => {
  const response = await answer(() => [parseJson(LARGE), { other: parseJson(LARGE), small: parseJson('{"a":1}') }])
  expect(await response.json()).toEqual([JSON.parse(LARGE), { other: JSON.parse(LARGE), small: { a: 1 } }])
})

test('SY-3: answers of the same moment do not mix', async () => {
  const named = (name: string) => JSON.stringify({ name, rows: LARGE })
  const responses = await Promise.all(['one', 'two', 'three'].map((name) => answer(() => parseJson(named(name)))))
  const names = await Promise.all(responses.map(async (response) => ((await response.json()) as { name: string }).name))
  expect(names).toEqual(['one', 'two', 'three'])
})

test('SY-3: outside of an answer a large value encodes as what it is', () => {
  expect(JSON.stringify(parseJson(LARGE))).toBe(LARGE)
})
