import { readFileSync } from 'node:fs'
import type { z } from 'zod'

/** What a JSON file held: a value of the schema, nothing at all, or something else. */
export type JsonFile<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly error: unknown }

/** Reads a JSON file and checks it against a schema. Never throws. */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>): JsonFile<T> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return missing ? { kind: 'missing' } : { kind: 'unreadable', error }
  }
  try {
    // Windows editors put a byte order mark in front, which JSON.parse refuses.
    return { kind: 'value', value: schema.parse(JSON.parse(text.replace(/^\uFEFF/, ''))) }
  } catch (error) {
    return { kind: 'unreadable', error }
  }
}
