import type { Sql } from 'postgres'
import type { BackendSecrets } from './data-folder.ts'

/**
 * What a Supabase database has and a plain Postgres lacks: the request roles. Only the embedded
 * backend runs this. Safe to repeat.
 */
export async function bootstrapRoles(sql: Sql, secrets: BackendSecrets): Promise<void> {
  await sql
    .unsafe(
      `do $$
      begin
        if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
        if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin noinherit; end if;
        if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin noinherit bypassrls; end if;
        -- The API's own connection: it may become the three roles above and nothing else. INHERIT,
        -- since the API reads the catalogue without becoming anybody.
        if not exists (select from pg_roles where rolname = 'authenticator') then create role authenticator login inherit; end if;
      end
      $$;
      alter role authenticator password '${secrets.authenticatorPassword}';
      alter role authenticator set statement_timeout = '8s';
      alter role authenticator set idle_in_transaction_session_timeout = '10s';
      alter role anon set statement_timeout = '3s';
      alter role authenticated set statement_timeout = '8s';
      grant anon, authenticated, service_role to authenticator with inherit true, set true;
      create schema if not exists auth;
      create schema if not exists extensions;
      create extension if not exists pgcrypto schema extensions;`,
    )
    .simple()
}

/**
 * After the API laid its own tables: the functions that policies ask, with Supabase's bodies, and
 * the rights of the API's connection to the auth tables.
 */
export async function bootstrapAuth(sql: Sql): Promise<void> {
  await sql
    .unsafe(
      `create or replace function auth.uid() returns uuid language sql stable as $$
        select coalesce(
          nullif(current_setting('request.jwt.claim.sub', true), ''),
          (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
        )::uuid
      $$;
      create or replace function auth.jwt() returns jsonb language sql stable as $$
        select coalesce(
          nullif(current_setting('request.jwt.claim', true), ''),
          nullif(current_setting('request.jwt.claims', true), '')
        )::jsonb
      $$;
      create or replace function auth.role() returns text language sql stable as $$
        select coalesce(
          nullif(current_setting('request.jwt.claim.role', true), ''),
          (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
        )::text
      $$;
      grant usage on schema auth to anon, authenticated, service_role, authenticator;
      revoke all on all tables in schema auth from anon, authenticated;
      grant select, insert, update, delete on all tables in schema auth to authenticator;
      grant usage, select on all sequences in schema auth to authenticator;`,
    )
    .simple()
}
