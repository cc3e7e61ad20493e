import { z } from 'zod'

/** Whether a value has a shape; it is never changed. */
export type ShapeCheck = (value: unknown) => boolean

/**
 * A check that says yes only where the schema would, without copying anything; null for a schema that
 * holds something this doesn't know. A replica of 100,000 customers is read at each start, and under
 * our content security policy zod can't compile its schemas: parsing would take longer than reading
 * and decrypting together. What fails here is asked of zod, which has the last word.
 */
export function shapeCheckOf(schema: z.core.$ZodType): ShapeCheck | null {
  if (schema instanceof z.ZodNullable) return orElse(schema.unwrap(), null)
  if (schema instanceof z.ZodOptional) return orElse(schema.unwrap(), undefined)
  if (schema instanceof z.ZodStringFormat) return patternCheck(schema.def.pattern)
  if (schema instanceof z.ZodNumber) return numberCheck(schema)
  if ((schema as z.ZodType).def.checks?.length) return null
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string'
  if (schema instanceof z.ZodEnum) {
    const known = new Set<unknown>(schema.options)
    return (value) => known.has(value)
  }
  if (schema instanceof z.ZodArray) return elementsCheck(shapeCheckOf(schema.element))
  if (schema instanceof z.ZodRecord) return recordCheck(schema)
  if (schema instanceof z.ZodObject) return objectCheck(schema.shape)
  return null
}

function orElse(inner: z.core.$ZodType, other: null | undefined): ShapeCheck | null {
  const check = shapeCheckOf(inner)
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
function recordCheck(schema: z.ZodRecord): ShapeCheck | null {
  const keyCheck = shapeCheckOf(schema.keyType)
  const check = shapeCheckOf(schema.valueType)
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

function objectCheck(shape: Readonly<Record<string, z.core.$ZodType>>): ShapeCheck | null {
  const checks: [string, ShapeCheck][] = []
  for (const [key, schema] of Object.entries(shape)) {
    const check = shapeCheckOf(schema)
    if (check === null) return null
    checks.push([key, check])
  }
  return (value) => {
    if (typeof value !== 'object' || value === null) return false
    const fields = value as Readonly<Record<string, unknown>>
    for (const [key, check] of checks) if (!check(fields[key])) return false
    return true
  }
}
