import type { ApiArgument, ApiCatalogue, ApiColumn, ApiFunction, ApiTable } from './api-catalogue.ts'
import { contractSchemas } from './api-schemas.ts'

type JsonObject = Record<string, unknown>

/** Where the API is served; the same in every project. */
const SERVER = {
  url: 'https://{project}.supabase.co/rest/v1',
  description: 'A hosted project. The embedded backend serves the same below /rest/v1 of its own address.',
  variables: { project: { default: 'your-project', description: 'Reference of the Supabase project.' } },
}

/**
 * The OpenAPI 3.1 document of a deployed database: tables and functions as the catalogue has them for
 * a signed-in user, answers of JSON functions as the contracts in `shared` have them. Pure.
 */
export function describeApi(catalogue: ApiCatalogue): JsonObject {
  const contracts = contractSchemas()
  const paths: Record<string, JsonObject> = {}
  const parameters: JsonObject = {}
  const schemas: Record<string, unknown> = { Error: ERROR, ...contracts.components }
  for (const table of catalogue.tables) {
    const id = componentId(table.name)
    schemas[id] = {
      ...described(table.description),
      type: 'object',
      properties: Object.fromEntries(table.columns.map((column) => [column.name, columnSchema(column)])),
    }
    for (const column of table.columns) {
      parameters[filterId(table, column)] = {
        name: column.name,
        in: 'query',
        description: `A condition of PostgREST, such as \`eq.…\`, on a column of type ${column.type}.`,
        schema: { type: 'string' },
      }
    }
    paths[`/${encodeURIComponent(table.name)}`] = tablePath(table, id)
  }
  for (const routine of catalogue.functions) {
    paths[`/rpc/${routine.name}`] = { post: call(routine, contracts) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'TradeSphere Customers',
      version: '1',
      description:
        'PostgREST over the product’s database. Made from the catalogue by scripts/generate-docs.ts: change the ' +
        'migrations, not this file. Row-level security limits every answer to the companies of the signed-in user.',
    },
    servers: [SERVER],
    security: [{ publishableKey: [], accessToken: [] }],
    tags: [
      { name: 'Tables', description: 'Rows, filtered and paged by query parameters as PostgREST defines them.' },
      { name: 'Functions', description: 'Calls with named arguments.' },
      { name: 'Administration', description: 'For the service role only.' },
    ],
    paths,
    components: {
      schemas,
      parameters,
      responses: {
        Refused: {
          description: 'Refused: `code` is a SQLSTATE, `message` a sentence for people.',
          content: json({ $ref: '#/components/schemas/Error' }),
        },
      },
      securitySchemes: {
        publishableKey: { type: 'apiKey', in: 'header', name: 'apikey' },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  }
}

const ERROR = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: 'SQLSTATE, or a code of PostgREST.' },
    message: { type: 'string' },
    details: { type: ['string', 'null'] },
    hint: { type: ['string', 'null'] },
  },
}

function tablePath(table: ApiTable, id: string): JsonObject {
  const rows = { type: 'array', items: { $ref: `#/components/schemas/${id}` } }
  const filters = table.columns.map((column) => ({ $ref: `#/components/parameters/${filterId(table, column)}` }))
  const insertable = table.columns.filter((column) => column.insertable)
  const updatable = table.columns.filter((column) => column.updatable)
  const path: JsonObject = {}
  if (table.selectable) {
    path.get = {
      ...operation('list', table, `Rows of ${table.name}.`),
      parameters: [...filters, ...['select', 'order', 'limit', 'offset'].map(queryParameter)],
      responses: { 200: { description: 'The rows.', content: json(rows) }, default: REFUSED },
    }
  }
  if (insertable.length > 0) {
    path.post = {
      ...operation('insert', table, `Adds rows to ${table.name}.`),
      requestBody: body(insertable, true),
      responses: { 201: { description: 'Added.' }, default: REFUSED },
    }
  }
  if (updatable.length > 0) {
    path.patch = {
      ...operation('update', table, `Changes the rows of ${table.name} that the conditions choose.`),
      parameters: filters,
      requestBody: body(updatable, false),
      responses: { 204: { description: 'Changed.' }, default: REFUSED },
    }
  }
  if (table.deletable) {
    path.delete = {
      ...operation('delete', table, `Deletes the rows of ${table.name} that the conditions choose.`),
      parameters: filters,
      responses: { 204: { description: 'Deleted.' }, default: REFUSED },
    }
  }
  return path
}

const filterId = (table: ApiTable, column: ApiColumn) => `filter.${componentId(table.name)}.${column.name}`
const REFUSED = { $ref: '#/components/responses/Refused' }

function operation(verb: string, table: ApiTable, summary: string): JsonObject {
  return {
    tags: ['Tables'],
    operationId: `${verb}_${componentId(table.name)}`,
    summary,
    ...described(table.description),
  }
}

function queryParameter(name: string): JsonObject {
  return { name, in: 'query', schema: { type: name === 'limit' || name === 'offset' ? 'integer' : 'string' } }
}

function body(columns: readonly ApiColumn[], creating: boolean): JsonObject {
  const required = creating ? columns.filter((column) => column.required).map((column) => column.name) : []
  const properties = Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)]))
  const row = { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false }
  return { required: true, content: json(creating ? { oneOf: [row, { type: 'array', items: row }] } : row) }
}

function call(routine: ApiFunction, contracts: ReturnType<typeof contractSchemas>): JsonObject {
  const required = routine.arguments.filter((argument) => argument.required).map((argument) => argument.name)
  const properties = Object.fromEntries(
    routine.arguments.map((argument) => [
      argument.name,
      contracts.argumentOf(routine.name, argument.name) ?? argumentSchema(argument),
    ]),
  )
  const answer = contracts.answerOf(routine.name) ?? typeSchema(routine.returns, null)
  return {
    tags: [routine.serviceRoleOnly ? 'Administration' : 'Functions'],
    operationId: `call_${routine.name}`,
    summary: firstSentence(routine.description) ?? routine.name.replaceAll('_', ' '),
    ...described(routine.description),
    requestBody: {
      required: required.length > 0,
      content: json({
        type: 'object',
        properties,
        ...(required.length > 0 ? { required } : {}),
        additionalProperties: false,
      }),
    },
    responses: {
      ...(routine.returns === 'void'
        ? { 204: { description: 'Done.' } }
        : {
            200: {
              description: 'The answer.',
              content: json(routine.returnsSet ? { type: 'array', items: answer } : answer),
            },
          }),
      default: REFUSED,
    },
  }
}

function columnSchema(column: ApiColumn): JsonObject {
  return { ...typeSchema(column.type, column.labels), ...described(column.description) }
}

/** Every argument may be left out as null where it has a default. */
function argumentSchema(argument: ApiArgument): JsonObject {
  const schema = typeSchema(argument.type, argument.labels)
  return argument.required || !('type' in schema) ? schema : { anyOf: [schema, { type: 'null' }] }
}

const SCALARS: Readonly<Record<string, JsonObject>> = {
  uuid: { type: 'string', format: 'uuid' },
  text: { type: 'string' },
  'character varying': { type: 'string' },
  character: { type: 'string' },
  boolean: { type: 'boolean' },
  smallint: { type: 'integer' },
  integer: { type: 'integer', format: 'int32' },
  bigint: { type: 'integer', format: 'int64' },
  numeric: { type: 'number' },
  'double precision': { type: 'number' },
  date: { type: 'string', format: 'date' },
  'timestamp with time zone': { type: 'string', format: 'date-time' },
  xid8: { type: 'string', description: 'Opaque.' },
  json: {},
  jsonb: {},
  void: {},
}

/** The JSON schema of a Postgres type, as PostgREST writes its values. Unknown types are texts. */
function typeSchema(type: string, labels: readonly string[] | null): JsonObject {
  if (type.endsWith('[]')) return { type: 'array', items: typeSchema(type.slice(0, -2), labels) }
  if (labels !== null) return { type: 'string', enum: labels }
  return { ...(SCALARS[type] ?? { type: 'string' }) }
}

const described = (text: string | null): JsonObject => (text === null ? {} : { description: text })
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } })
const componentId = (name: string) => name.replace(/[^A-Za-z0-9._-]/g, '_')
const firstSentence = (text: string | null) => text?.match(/^.*?[.](?= |$)/s)?.[0] ?? text
