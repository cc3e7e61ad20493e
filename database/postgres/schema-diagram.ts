import type { Sql } from 'postgres'

interface Column {
  readonly name: string
  readonly type: string
  readonly key: boolean
  readonly foreign: boolean
}

interface Table {
  readonly name: string
  readonly description: string | null
  readonly columns: readonly Column[]
}

interface Reference {
  readonly from: string
  readonly to: string
  /** Columns that refer, without the company. */
  readonly by: string
  readonly optional: boolean
  /** At most one row refers to each. */
  readonly unique: boolean
}

/** `docs/schema.md`: the entity-relationship diagram of the public tables, in Mermaid, from the catalogue. */
export async function describeSchema(sql: Sql): Promise<string> {
  const tables = await sql<Table[]>`
    select c.relname as name,
           obj_description(c.oid, 'pg_class') as description,
           (select json_agg(json_build_object(
                     'name', a.attname,
                     'type', replace(t.typname, ' ', '_'),
                     'key', exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)),
                     'foreign', exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)))
                   order by a.attnum)
              from pg_attribute a join pg_type t on t.oid = a.atttypid
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     order by c.relname`
  const references = await sql<Reference[]>`
    select f.relname as from,
           case when t.relnamespace = 'public'::regnamespace then t.relname else t.relnamespace::regnamespace || '.' || t.relname end as to,
           (select string_agg(a.attname, ', ' order by a.attnum)
              from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey)
               and (a.attname <> 'company_id' or cardinality(k.conkey) = 1)) as by,
           exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and not a.attnotnull) as optional,
           exists (select from pg_index i where i.indrelid = k.conrelid and i.indisunique and i.indpred is null
                      and i.indkey::int2[] <@ k.conkey) as unique
      from pg_constraint k
      join pg_class f on f.oid = k.conrelid
      join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and f.relnamespace = 'public'::regnamespace
     order by 1, 2, 3`
  return render(tables, references)
}

function render(tables: readonly Table[], references: readonly Reference[]): string {
  const lines = [
    '# The database',
    '',
    'Made from the catalogue by `scripts/generate-docs.ts`: change the migrations, not this file. Every reference',
    'between tables of a company carries `company_id`, so that a link across companies is impossible; the diagram',
    'leaves it out of the labels.',
    '',
    '```mermaid',
    'erDiagram',
    ...references.map(
      ({ from, to, by, optional, unique }) =>
        `  ${quoted(to)} ${optional ? '|o' : '||'}--${unique ? 'o|' : 'o{'} ${quoted(from)} : "${by}"`,
    ),
    ...tables.flatMap(({ name, columns }) => [
      `  ${quoted(name)} {`,
      ...columns.map(({ name: column, type, key, foreign }) => {
        const marks = [key ? 'PK' : '', foreign ? 'FK' : ''].filter((mark) => mark !== '').join(', ')
        return `    ${typeName(type)} ${column}${marks === '' ? '' : ` ${marks}`}`
      }),
      '  }',
    ]),
    '```',
    '',
    '| Table | What it holds |',
    '|---|---|',
    ...tables.map(({ name, description }) => `| \`${name}\` | ${(description ?? '').replaceAll('|', '\\|')} |`),
    '',
  ]
  return lines.join('\n')
}

/** Arrays have a type name of their own in Postgres: an underscore before that of the element. */
const typeName = (type: string) => (type.startsWith('_') ? `${type.slice(1)}[]` : type)
const quoted = (name: string) => (/^[a-z_]+$/.test(name) ? name : `"${name}"`)
