import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/** Texts that stand behind a mark in the answer that is being made. */
const answering = new AsyncLocalStorage<Map<string, string>>()

/** Shorter ones are not worth it. */
const LARGE = 16_384

/** A JSON value as the text that Postgres sent. Encoding it leaves a mark, in whose place the text comes. */
class RawJson {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toJSON(): unknown {
    const texts = answering.getStore()
    if (texts === undefined) return JSON.parse(this.#text)
    const mark = randomUUID()
    texts.set(mark, this.#text)
    return mark
  }
}

/**
 * Reads a `json` value of Postgres; large objects stay text. Supabase Lite would parse a page of the pull
 * (3 MB) and encode it again value by value, longer than Postgres takes to make it; PostgREST hands it
 * through, too.
 */
export function parseJson(text: string): unknown {
  return text.length >= LARGE && text.startsWith('{') ? new RawJson(text) : JSON.parse(text)
}

/** Makes an answer, with the texts in it that `parseJson` left as they were. */
export async function withRawJson(answer: () => Promise<Response>): Promise<Response> {
  const texts = new Map<string, string>()
  const response = await answering.run(texts, answer)
  if (texts.size === 0) return response
  let body = await response.text()
  for (const [mark, text] of texts) body = body.split(`"${mark}"`).join(text)
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  return new Response(body, { status: response.status, headers })
}
