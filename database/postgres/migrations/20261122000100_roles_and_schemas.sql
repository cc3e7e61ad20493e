-- Ground rules for everything that follows: who deploys, where things live, and that nobody gets
-- a right by default. Supabase hands out ALL on new tables and functions of `public`; from here
-- on a right exists only where a migration grants it by name.

do $$
declare
  v_missing text;
begin
  select string_agg(wanted.name, ', ')
    into v_missing
    from unnest(array['anon', 'authenticated', 'service_role']) as wanted (name)
   where not exists (select from pg_catalog.pg_roles r where r.rolname = wanted.name);
  if v_missing is not null then
    raise exception 'This database lacks the Supabase roles %. Deploy to a Supabase database.', v_missing;
  end if;

  if to_regclass('auth.users') is null or to_regprocedure('auth.uid()') is null then
    raise exception 'This database lacks Supabase Auth (auth.users, auth.uid()). Deploy to a Supabase database.';
  end if;

  -- Row-level security is FORCED on every table, so that even the owner of the tables is judged.
  -- The SECURITY DEFINER helpers read company_members for the policies: owned by a role that RLS
  -- applies to, they would call the policies that call them ("stack depth limit exceeded").
  if not exists (select from pg_catalog.pg_roles r where r.rolname = current_user and (r.rolsuper or r.rolbypassrls)) then
    raise exception 'Deploy as a role with BYPASSRLS (Supabase''s "postgres" has it): % has not.', current_user;
  end if;
end
$$;

create schema if not exists extensions;
grant usage on schema extensions to anon, authenticated, service_role;

-- Helpers of policies and sync; not among the schemas that the API exposes.
create schema if not exists private;
revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;

grant usage on schema public to anon, authenticated, service_role;
revoke create on schema public from public;

alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke all on functions from anon, authenticated;
-- EXECUTE for PUBLIC is built in; only the default of the role itself, not of a schema, can take it away.
alter default privileges revoke execute on functions from public;
