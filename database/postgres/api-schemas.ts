import { z } from 'zod'
import {
  conversationPageSchema,
  customerPageSchema,
  customerSearchSchema,
  customerWithHistorySchema,
} from '#shared/domain/customer-reads.ts'
import { workspaceSchema } from '#shared/domain/workspace.ts'
import {
  COLLECTION_PAGES,
  COLLECTION_ROWS,
  pullAllAnswerSchema,
  tombstoneSchema,
} from '#shared/sync-protocol/collections.ts'
import { mutationSchema, pushAnswerSchema } from '#shared/sync-protocol/push.ts'
import { RECORD_ANSWERS, RECORD_MUTATIONS } from '#shared/sync-protocol/record-push.ts'

type JsonSchema = Record<string, unknown>

/** What a function that returns JSON answers: the contract that the app parses it with. */
const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  customer_conversations: conversationPageSchema,
  get_customer: customerWithHistorySchema,
  list_customers: customerPageSchema,
  my_companies: z.array(workspaceSchema),
  search_customers: customerSearchSchema,
  sync_pull: z.union(Object.values(COLLECTION_PAGES)),
  sync_pull_all: pullAllAnswerSchema,
  sync_push: z.union([pushAnswerSchema, ...Object.values(RECORD_ANSWERS)]),
}

/** What a JSON argument takes, by function and argument. */
const ARGUMENTS: Readonly<Record<string, z.ZodType>> = {
  'sync_push.p_mutations': z.union([
    z.array(mutationSchema),
    ...Object.values(RECORD_MUTATIONS).map((one) => z.array(one)),
  ]),
}

/** Named once in the document, referred to elsewhere: the rows and pages of the collections, and the rest. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(Object.entries(COLLECTION_ROWS).map(([name, row]) => [`row.${name}`, row])),
  ...Object.fromEntries(Object.entries(COLLECTION_PAGES).map(([name, page]) => [`page.${name}`, page])),
  tombstone: tombstoneSchema,
  workspace: workspaceSchema,
}

/** JSON schemas of the contracts in `shared`, for the API description. */
export function contractSchemas(): {
  readonly components: Record<string, JsonSchema>
  readonly answerOf: (functionName: string) => JsonSchema | null
  readonly argumentOf: (functionName: string, argument: string) => JsonSchema | null
} {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id })
  for (const [name, schema] of Object.entries(ANSWERS)) registry.add(schema, { id: answerId(name) })
  for (const [name, schema] of Object.entries(ARGUMENTS)) registry.add(schema, { id: argumentId(name) })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'input' })
  const components = Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as JsonSchema]),
  )
  const refTo = (id: string) => (id in components ? { $ref: `#/components/schemas/${id}` } : null)
  return {
    components,
    answerOf: (name) => refTo(answerId(name)),
    argumentOf: (name, argument) => refTo(argumentId(`${name}.${argument}`)),
  }
}

const answerId = (name: string) => `answer.${name}`
const argumentId = (name: string) => `argument.${name}`
