import { z } from 'zod'

/** Whether a value has a shape; it is never changed. */
export type ShapeCheck = (value: unknown) => boolean

/**
 * A check that says yes only where the schema would, without copying anything; null for a schema that
 * holds something this doesn't know. 100,000 customers are pulled by a first sync and read at each
 * start, and under our content security policy zod can't compile its schemas: parsing would take longer
 * than reading and decrypting together. What fails here is asked of zod, which has the last word.
 *
 * `exact`: no also where the schema would leave something out of what it returns.
 */
export function shapeCheckOf(schema: z.core.$ZodType, exact = false): ShapeCheck | null {
  if (schema instanceof z.ZodNullable) return orElse(shapeCheckOf(schema.unwrap(), exact), null)
  if (schema instanceof z.ZodOptional) return orElse(shapeCheckOf(schema.unwrap(), exact), undefined)
  if (schema instanceof z.ZodStringFormat) return patternCheck(schema.def.pattern)
  if (schema instanceof z.ZodNumber) return numberCheck(schema)
  if ((schema as z.ZodType).def.checks?.length) return null
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string'
  if (schema instanceof z.ZodEnum) {
    const known = new Set<unknown>(schema.options)
    return (value) => known.has(value)
  }
  if (schema instanceof z.ZodArray) return elementsCheck(shapeCheckOf(schema.element, exact))
  if (schema instanceof z.ZodRecord) return recordCheck(schema, exact)
  if (schema instanceof z.ZodObject) return objectCheck(schema, exact)
  return null
}

function orElse(check: ShapeCheck | null, other: null | undefined): ShapeCheck | null {
  return check === null ? null : (value) => value === other || check(value)
}

function patternCheck(pattern: RegExp | undefined): ShapeCheck | null {
  if (pattern === undefined || pattern.global) return null
  return (value) => typeof value === 'string' && pattern.test(value)
}

/** Whole numbers from a least one on, which is all that a customer has. */
function numberCheck(schema: z.ZodNumber): ShapeCheck | null {
  const kinds = (schema.def.checks ?? []).map((check) => check._zod.def.check)
  if (schema.minValue !== 0 || kinds.toSorted().join() !== 'greater_than,number_format') return null
  return (value) => Number.isSafeInteger(value) && Number(value) >= 0
}

/** A record of which every key may be missing. */
function recordCheck(schema: z.ZodRecord, exact: boolean): ShapeCheck | null {
  const keyCheck = shapeCheckOf(schema.keyType)
  const check = shapeCheckOf(schema.valueType, exact)
  // Without this mark, a key type with a list of its values asks for all of them.
  if (keyCheck === null || check === null || !('partial' in schema.def && schema.def.partial === true)) return null
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    return Object.entries(value).every(([key, entry]) => keyCheck(key) && check(entry))
  }
}

function elementsCheck(check: ShapeCheck | null): ShapeCheck | null {
  return check === null ? null : (value) => Array.isArray(value) && value.every(check)
}

function objectCheck({ shape, def }: z.ZodObject, exact: boolean): ShapeCheck | null {
  // A strict or a loose one: what more there may be is for it to say.
  if (def.catchall !== undefined) return null
  const checks: [string, ShapeCheck][] = []
  for (const [key, schema] of Object.entries(shape)) {
    const check = shapeCheckOf(schema, exact)
    if (check === null) return null
    checks.push([key, check])
  }
  const known = new Set(Object.keys(shape))
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    if (exact && Object.keys(value).some((key) => !known.has(key))) return false
    const fields = value as Readonly<Record<string, unknown>>
    for (const [key, check] of checks) if (!check(fields[key])) return false
    return true
  }
}
