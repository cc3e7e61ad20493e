import type { Sql } from 'postgres'

/** A column as the API shows it. */
export interface ApiColumn {
  readonly name: string
  /** Postgres's name of the type, such as `timestamp with time zone` or `text[]`. */
  readonly type: string
  /** Labels, where the type is an enum. */
  readonly labels: readonly string[] | null
  readonly required: boolean
  readonly insertable: boolean
  readonly updatable: boolean
  readonly description: string | null
}

/** A table or view that a signed-in user may read or write. */
export interface ApiTable {
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly selectable: boolean
  readonly deletable: boolean
  readonly description: string | null
  readonly columns: readonly ApiColumn[]
}

export interface ApiArgument {
  readonly name: string
  readonly type: string
  readonly labels: readonly string[] | null
  readonly required: boolean
}

/** A function that a signed-in user, or only the service role, may call. */
export interface ApiFunction {
  readonly name: string
  readonly arguments: readonly ApiArgument[]
  readonly returns: string
  readonly returnsSet: boolean
  /** Reads only: GET is possible, and a repeat is harmless. */
  readonly readOnly: boolean
  readonly serviceRoleOnly: boolean
  readonly description: string | null
}

/** The API as the catalogue has it: everything in `public` that PostgREST shows. */
export interface ApiCatalogue {
  readonly tables: readonly ApiTable[]
  readonly functions: readonly ApiFunction[]
}

/** Reads the catalogue of a deployed database. */
export async function readApiCatalogue(sql: Sql): Promise<ApiCatalogue> {
  const tables = await sql<ApiTable[]>`
    select c.relname as name,
           case when c.relkind = 'v' then 'view' else 'table' end as kind,
           has_table_privilege('authenticated', c.oid, 'select') as selectable,
           has_table_privilege('authenticated', c.oid, 'delete') as deletable,
           obj_description(c.oid, 'pg_class') as description,
           (select json_agg(json_build_object(
                     'name', a.attname,
                     'type', format_type(a.atttypid, null),
                     'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid),
                     'required', a.attnotnull and not a.atthasdef and a.attidentity = '',
                     'insertable', has_column_privilege('authenticated', c.oid, a.attnum, 'insert'),
                     'updatable', has_column_privilege('authenticated', c.oid, a.attnum, 'update'),
                     'description', col_description(c.oid, a.attnum)) order by a.attnum)
              from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'p')
       and (has_table_privilege('authenticated', c.oid, 'select')
            or has_any_column_privilege('authenticated', c.oid, 'insert, update'))
     order by c.relname`
  const functions = await sql<ApiFunction[]>`
    select p.proname as name,
           format_type(p.prorettype, null) as returns,
           p.proretset as "returnsSet",
           p.provolatile in ('s', 'i') as "readOnly",
           not has_function_privilege('authenticated', p.oid, 'execute') as "serviceRoleOnly",
           obj_description(p.oid, 'pg_proc') as description,
           (select coalesce(json_agg(json_build_object(
                     'name', p.proargnames[t.ord],
                     'type', format_type(t.type, null),
                     'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.type),
                     'required', t.ord <= p.pronargs - p.pronargdefaults) order by t.ord), '[]')
              from unnest(p.proargtypes) with ordinality as t (type, ord)) as arguments
      from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
       and p.prorettype <> 'trigger'::regtype
       and (has_function_privilege('authenticated', p.oid, 'execute') or has_function_privilege('service_role', p.oid, 'execute'))
     order by p.proname, p.oid`
  return { tables, functions }
}
