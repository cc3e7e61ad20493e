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

-- A database of the product before this one: its "VC Usage" and customer_interactions stay where they
-- are, with all that reads and writes them, and are altered in place by the files below; its
-- customers, which nothing ever used, are set aside. What each table looked like is noted here, so
-- that a rollback knows what to leave. Empty on a new database.
create table private.legacy_shapes (
  table_name text primary key,
  columns text[] not null,
  constraints text[] not null,
  indexes text[] not null,
  triggers text[] not null,
  policies text[] not null,
  rls_enabled boolean not null,
  rls_forced boolean not null,
  -- Null: the rights that a table has by itself.
  acl text
);
alter table private.legacy_shapes enable row level security;
alter table private.legacy_shapes force row level security;
insert into private.legacy_shapes
select c.relname,
       array(select a.attname::text from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
       array(select k.conname::text from pg_catalog.pg_constraint k where k.conrelid = c.oid),
       array(select x.relname::text from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid where i.indrelid = c.oid),
       array(select t.tgname::text from pg_catalog.pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal),
       array(select p.polname::text from pg_catalog.pg_policy p where p.polrelid = c.oid),
       c.relrowsecurity, c.relforcerowsecurity, c.relacl::text
  from pg_catalog.pg_class c
 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
   and c.relname in ('companies', 'VC Usage', 'customer_interactions');

do $$
begin
  if to_regclass('public.customers') is not null then
    create schema legacy_backup;
    revoke all on schema legacy_backup from public;
    alter table public.customers set schema legacy_backup;
  end if;
end
$$;

-- Takes back what was done to a table: drops it, or gives a legacy table the shape and the rights that
-- it had. For the rollbacks only. Its columns go last: what hangs on them goes by name before.
create function private.undo_table(p_table text)
returns void
language plpgsql
set search_path = ''
as $undo$
declare
  v_shape private.legacy_shapes;
  v_table oid := to_regclass(format('public.%I', p_table));
  v_command text;
begin
  select * into v_shape from private.legacy_shapes s where s.table_name = p_table;
  if v_shape.table_name is null then
    execute format('drop table public.%I', p_table);
    return;
  end if;
  -- All names are read before the first of them goes.
  foreach v_command in array
    array(select format('drop trigger %I on public.%I', t.tgname, p_table)
            from pg_catalog.pg_trigger t
           where t.tgrelid = v_table and not t.tgisinternal and t.tgname <> all (v_shape.triggers))
    || array(select format('drop policy %I on public.%I', p.polname, p_table)
               from pg_catalog.pg_policy p where p.polrelid = v_table and p.polname <> all (v_shape.policies))
    || array(select format('alter table public.%I drop constraint %I', p_table, k.conname)
               from pg_catalog.pg_constraint k
              where k.conrelid = v_table and k.conname <> all (v_shape.constraints) and k.contype <> 'n')
    || array(select format('drop index if exists public.%I', x.relname)
               from pg_catalog.pg_index i
               join pg_catalog.pg_class x on x.oid = i.indexrelid
              where i.indrelid = v_table and x.relname <> all (v_shape.indexes))
    || array(select format('alter table public.%I drop column %I', p_table, a.attname)
               from pg_catalog.pg_attribute a
              where a.attrelid = v_table and a.attnum > 0 and not a.attisdropped and a.attname <> all (v_shape.columns))
    || format('revoke all on public.%I from anon, authenticated, service_role', p_table)
    || array(select format('grant %s on public.%I to %s', a.privilege_type, p_table,
                           case when a.grantee = 0 then 'public' else quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end)
               from pg_catalog.aclexplode(v_shape.acl::pg_catalog.aclitem[]) a)
  loop
    execute v_command;
  end loop;
  if not v_shape.rls_enabled then
    execute format('alter table public.%I disable row level security', p_table);
  end if;
  if not v_shape.rls_forced then
    execute format('alter table public.%I no force row level security', p_table);
  end if;
end
$undo$;

alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke all on functions from anon, authenticated;
-- EXECUTE for PUBLIC is built in; only the default of the role itself, not of a schema, can take it away.
alter default privileges revoke execute on functions from public;
revoke execute on function private.undo_table(text) from public, anon, authenticated;
