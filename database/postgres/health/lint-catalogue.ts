import type { Sql } from 'postgres'
import { type CheckResult, named } from './check-result.ts'

interface Rule {
  readonly id: string
  readonly what: string
  /** Answers the names of what breaks the rule. */
  readonly query: string
  readonly remedy: string
}

const OURS = `('public'::regnamespace, 'private'::regnamespace)`

/** The checks of Supabase's database linter that concern this product, asked of the catalogue. */
const RULES: readonly Rule[] = [
  {
    id: 'row_level_security',
    what: 'Row-level security is enabled and forced on every table',
    query: `select c.oid::regclass::text as name from pg_class c
             where c.relkind in ('r', 'p') and c.relnamespace in ${OURS} and not (c.relrowsecurity and c.relforcerowsecurity)`,
    remedy: 'Somebody switched it off: alter table … enable row level security, force row level security.',
  },
  {
    id: 'policies',
    what: 'Every table of the API has a policy, and policies are for signed-in users only',
    query: `select c.oid::regclass::text as name from pg_class c
             where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
               and not exists (select from pg_policy p where p.polrelid = c.oid)
            union all
            select p.polrelid::regclass || '.' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
             where c.relnamespace in ${OURS} and p.polroles <> array['authenticated'::regrole::oid]`,
    remedy: 'Deploy the migrations again on a restored schema, or drop the foreign policy.',
  },
  {
    id: 'policy_initplan',
    what: 'Policies ask who is asking once a statement',
    query: `select schemaname || '.' || tablename || '.' || policyname as name from pg_policies
             where schemaname in ('public', 'private')
               and regexp_replace(coalesce(qual, '') || ' ' || coalesce(with_check, ''),
                     '\\( *SELECT (auth|private)\\.[a-z_]+\\([^()]*(\\([^()]*\\)[^()]*)*\\) AS [a-z_]+\\)', '', 'g') ~ '(auth|private)\\.[a-z_]+\\('`,
    remedy: 'Write (select private.f()) instead of private.f() in the policy.',
  },
  {
    id: 'search_path',
    what: 'Every function has a fixed search_path',
    query: `select p.oid::regprocedure::text as name from pg_proc p
             where p.pronamespace in ${OURS} and not exists (
               select from unnest(coalesce(p.proconfig, '{}')) as c (setting) where c.setting like 'search_path=%')
               and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
    remedy: "alter function … set search_path = ''.",
  },
  {
    id: 'anonymous_rights',
    what: 'Strangers may call no function and read no table',
    query: `select p.oid::regprocedure::text as name from pg_proc p
             where p.pronamespace in ${OURS} and has_function_privilege('anon', p.oid, 'execute')
               and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            union all
            select c.oid::regclass::text from pg_class c
             where c.relkind in ('r', 'v', 'm', 'p') and c.relnamespace in ${OURS}
               and (has_table_privilege('anon', c.oid, 'select, insert, update, delete') or has_any_column_privilege('anon', c.oid, 'select, insert, update'))`,
    remedy: 'revoke all … from anon, public.',
  },
  {
    id: 'invoker_views',
    what: 'Views run with the rights of whoever asks',
    query: `select c.oid::regclass::text as name from pg_class c
             where c.relkind = 'v' and c.relnamespace in ${OURS}
               and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']`,
    remedy: 'alter view … set (security_invoker = true).',
  },
  {
    id: 'foreign_key_indexes',
    what: 'Every foreign key has an index',
    query: `select k.conrelid::regclass || '.' || k.conname as name from pg_constraint k
             where k.contype = 'f' and k.connamespace in ${OURS}
               and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indisvalid
                 and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
                 and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)`,
    remedy: 'Create an index that begins with the columns of the key.',
  },
  {
    id: 'valid_indexes',
    what: 'Every index is valid',
    query: `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
             where c.relnamespace in ${OURS} and not (i.indisvalid and i.indisready)`,
    remedy: 'reindex index concurrently ….',
  },
  {
    id: 'extensions',
    what: 'No extension lies in public',
    query: `select extname as name from pg_extension where extnamespace = 'public'::regnamespace`,
    remedy: 'alter extension … set schema extensions.',
  },
]

/** One result a rule. */
export async function lintCatalogue(sql: Sql): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const { id, what, query, remedy } of RULES) {
    const names = (await sql.unsafe<{ name: string }[]>(query)).map((row) => row.name)
    results.push(
      names.length === 0
        ? { id, what, status: 'ok', detail: 'In force.' }
        : { id, what, status: 'failed', detail: `Not so for ${named(names)}. ${remedy}`, figures: { names } },
    )
  }
  return results
}
