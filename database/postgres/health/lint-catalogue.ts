import type { ISql } from 'postgres'
import { type CheckResult, named } from './check-result.ts'

interface Rule {
  readonly id: string
  readonly what: string
  /** Answers the names of what breaks the rule. */
  readonly query: string
  readonly remedy: string
}

const OURS = `('public'::regnamespace, 'private'::regnamespace)`
const OF_AN_EXTENSION = `exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`

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
    id: 'policies_once',
    what: 'One permissive policy for each table and command',
    query: `select schemaname || '.' || tablename || ' ' || cmd as name from pg_policies
             where permissive = 'PERMISSIVE' and schemaname in ('public', 'private')
             group by schemaname, tablename, cmd having count(*) > 1`,
    remedy: 'Drop the policy that is not ours, or make it restrictive: each one is asked for every row.',
  },
  {
    id: 'search_path',
    what: 'Every function has a fixed search_path',
    query: `select p.oid::regprocedure::text as name from pg_proc p
             where p.pronamespace in ${OURS} and not exists (
               select from unnest(coalesce(p.proconfig, '{}')) as c (setting) where c.setting like 'search_path=%')
               and not ${OF_AN_EXTENSION}`,
    remedy: "alter function … set search_path = ''.",
  },
  {
    id: 'definer_functions',
    what: 'Functions with definer rights are out of reach of the API',
    query: `select p.oid::regprocedure::text as name from pg_proc p
             where p.prosecdef and p.pronamespace = 'public'::regnamespace and not ${OF_AN_EXTENSION}`,
    remedy: 'alter function … set schema private, or security invoker.',
  },
  {
    id: 'anonymous_rights',
    what: 'Strangers may call no function and read no table',
    query: `select p.oid::regprocedure::text as name from pg_proc p
             where p.pronamespace in ${OURS} and has_function_privilege('anon', p.oid, 'execute')
               and not ${OF_AN_EXTENSION}
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
    id: 'duplicate_indexes',
    what: 'No index says what another one says',
    query: `select a.indexrelid::regclass::text || ' = ' || b.indexrelid::regclass::text as name
              from pg_index a join pg_index b on a.indrelid = b.indrelid and a.indexrelid > b.indexrelid
              join pg_class c on c.oid = a.indrelid
             where c.relnamespace in ${OURS}
               and a.indkey = b.indkey and a.indclass = b.indclass and a.indoption = b.indoption
               and coalesce(pg_get_expr(a.indexprs, a.indrelid), '') = coalesce(pg_get_expr(b.indexprs, b.indrelid), '')
               and coalesce(pg_get_expr(a.indpred, a.indrelid), '') = coalesce(pg_get_expr(b.indpred, b.indrelid), '')`,
    remedy: 'Drop the one that no migration made.',
  },
  {
    id: 'valid_indexes',
    what: 'Every index is valid',
    query: `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
             where c.relnamespace in ${OURS} and not (i.indisvalid and i.indisready)`,
    remedy: 'reindex index concurrently ….',
  },
  {
    id: 'tenant_keys',
    what: 'Every foreign key between tenants carries the company',
    query: `select k.conrelid::regclass || '.' || k.conname as name from pg_constraint k
             where k.contype = 'f' and k.connamespace in ${OURS}
               and k.confrelid not in ('public.companies'::regclass, 'auth.users'::regclass)
               and not exists (
                 select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname = 'company_id')`,
    remedy: 'Make it a key over (company_id, …): a row could belong to a customer of another company.',
  },
  {
    id: 'primary_keys',
    what: 'Every table has a primary key',
    query: `select c.oid::regclass::text as name from pg_class c
             where c.relkind = 'r' and c.relnamespace in ${OURS}
               and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`,
    remedy: 'alter table … add primary key (…).',
  },
  {
    id: 'extensions',
    what: 'No extension lies in public',
    query: `select extname as name from pg_extension where extnamespace = 'public'::regnamespace`,
    remedy: 'alter extension … set schema extensions.',
  },
]

/** One result a rule, asked in the transaction or connection given. */
export async function lintCatalogue(sql: Pick<ISql, 'unsafe'>): Promise<CheckResult[]> {
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
