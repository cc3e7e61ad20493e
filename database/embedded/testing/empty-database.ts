import postgres from 'postgres'
import type { TestBackend } from './test-backend.ts'

/**
 * A database of its own in the test's cluster, with what Supabase brings (roles are the cluster's,
 * auth is a table and a function) and nothing of the product. Returns its `postgres://` URL.
 */
export async function emptyDatabase(server: TestBackend): Promise<string> {
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`
  await server.sql.unsafe(`create database ${name} template template0`)
  const url = new URL(server.backend.postgresUrl)
  url.pathname = `/${name}`
  const sql = postgres(url.href, { max: 1, onnotice: () => {} })
  await sql
    .unsafe(
      `create schema auth;
       create schema extensions;
       create extension pgcrypto schema extensions;
       create table auth.users (id uuid primary key default gen_random_uuid(), email text);
       create table auth.sessions (id uuid primary key, user_id uuid not null, created_at timestamptz not null);
       create function auth.uid() returns uuid language sql stable as
         $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
       create function auth.jwt() returns jsonb language sql stable as
         $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
       grant usage on schema auth to anon, authenticated, service_role;`,
    )
    .simple()
  await sql.end()
  return url.href
}
