-- Retention (SPEC DB-8): who has not been heard of for a company's number of years is erased, after a
-- dry run that shows whom it would be. Owners only; the schedule runs without a user.

-- Null: customers are kept until somebody decides otherwise.
alter table public.companies
  add column retention_years integer,
  add constraint companies_retention_valid check (retention_years between 1 and 100);

-- Customers without a sign of life for the company's years. Not updated_at: the database's own upkeep
-- moves that. Who was merged away goes with whom they live on in. p_among: null asks for all of the company.
create function private.expired_customers(p_company uuid, p_among uuid[] default null)
returns table (customer_id uuid, customer_name text, last_activity_at timestamptz)
language sql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
  select c.id, c.customer_name, l.last_activity_at
    from public.companies co
    join public.customers c on c.company_id = co.id
   cross join lateral (
         select greatest(
           c.created_at,
           c.last_seen_at,
           (select max((e.value ->> 'at')::timestamptz) from jsonb_each(c.field_edits) e),
           (select max(h.created_at) from public."VC Usage" h where h.company_id = c.company_id and h.customer_id = c.id),
           (select max(q.created_at) from public.quotes q where q.company_id = c.company_id and q.customer_id = c.id),
           (select max(i.viewed_at) from public.customer_interactions i where i.company_id = c.company_id and i.customer_id = c.id)
         ) as last_activity_at) l
   where co.id = p_company
     and co.retention_years is not null
     and (p_among is null or c.id = any (p_among))
     and c.erased_at is null and c.merged_into is null
     -- Spares most customers the look at their history.
     and c.created_at < now() - make_interval(years => co.retention_years)
     and (c.last_seen_at is null or c.last_seen_at < now() - make_interval(years => co.retention_years))
     and l.last_activity_at < now() - make_interval(years => co.retention_years)
   order by l.last_activity_at, c.id
$$;

create function private.set_retention(p_company uuid, p_years integer)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_before integer;
begin
  perform private.require_role(p_company, '{owner}', 'set the retention');
  if p_years not between 1 and 100 then
    raise exception 'Keep customers for 1 to 100 years, or for ever (null).' using errcode = '22023';
  end if;
  select c.retention_years into v_before from public.companies c where c.id = p_company for update;
  update public.companies c set retention_years = p_years where c.id = p_company;
  perform private.write_audit(p_company, null, 'retention_changed', jsonb_build_object(
    'years', jsonb_build_object('from', v_before, 'to', p_years)));
end
$$;
-- How many years customers without a sign of life are kept; null: for ever. Owners only.
create function public.set_retention(p_company uuid, p_years integer)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.set_retention(p_company, p_years) $$;

create function private.retention_candidates(p_company uuid)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'see the retention');
  return (
    select jsonb_build_object(
             'years', (select c.retention_years from public.companies c where c.id = p_company),
             'total', count(*),
             'customers', coalesce(jsonb_agg(jsonb_build_object(
               'id', e.customer_id, 'name', e.customer_name, 'lastActivityAt', private.utc_text(e.last_activity_at))
               order by e.ord) filter (where e.ord <= 1000), '[]'))
      from (select x.*, row_number() over (order by x.last_activity_at, x.customer_id) as ord
              from private.expired_customers(p_company) x) e);
end
$$;
-- The dry run: {"years", "total", "customers": [{"id", "name", "lastActivityAt"}] (the oldest 1,000)}. Owners only.
create function public.retention_candidates(p_company uuid)
returns jsonb language sql volatile security invoker set search_path = ''
as $$ select private.retention_candidates(p_company) $$;

-- Erases those of these customers that are still expired once nobody else can write to them, and says so
-- in the log; how many. An edit, a chat or a merge of the last moment saves a customer. Owner only.
create function private.erase_expired(p_company uuid, p_customers uuid[])
returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_expired uuid[];
  v_customer uuid;
begin
  perform from public.customers c where c.company_id = p_company and c.id = any (p_customers) order by c.id for update;
  v_expired := array(select e.customer_id from private.expired_customers(p_company, p_customers) e);
  foreach v_customer in array v_expired loop
    perform private.erase_family(p_company, v_customer, 'retention');
  end loop;
  if v_expired <> '{}' then
    perform private.write_audit(p_company, null, 'retention_applied', jsonb_build_object(
      'customers', jsonb_build_object('from', null, 'to', cardinality(v_expired))));
  end if;
  return cardinality(v_expired);
end
$$;

create function private.apply_retention(p_company uuid, p_dry_run boolean, p_years integer)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  -- Found once: that is a look at the history of every old customer (2 s at 70,000 of them).
  v_expired jsonb := private.retention_candidates(p_company);
  v_now uuid[] := '{}';
  v_erased integer := 0;
begin
  perform private.require_role(p_company, '{owner}', 'apply the retention');
  if p_dry_run is false then
    -- Whoever confirmed an erasure did so for these years: locked, so that they stay until it is done.
    if p_years <> coalesce((select c.retention_years from public.companies c where c.id = p_company for share), 0) then
      raise exception 'Somebody has changed how long customers are kept. Look again at who would be erased.' using errcode = '22023';
    end if;
    -- A hundred at a time: a request has eight seconds.
    select coalesce(array_agg((c ->> 'id')::uuid order by ord), '{}') into v_now
      from jsonb_array_elements(v_expired -> 'customers') with ordinality as t (c, ord)
     where ord <= 100;
    v_erased := private.erase_expired(p_company, v_now);
  end if;
  return v_expired || jsonb_build_object(
    'dryRun', p_dry_run is not false,
    'erased', v_erased,
    'total', (v_expired ->> 'total')::bigint - cardinality(v_now),
    'customers', (
      select coalesce(jsonb_agg(c order by ord), '[]')
        from jsonb_array_elements(v_expired -> 'customers') with ordinality as t (c, ord)
       where ord > cardinality(v_now)));
end
$$;
-- Erases expired customers, a hundred a call, or only says whom (p_dry_run, the default). Returns what is
-- left, as retention_candidates, and {"dryRun", "erased": how many}. With p_years only while they are what is
-- set. Owners only.
create function public.apply_retention(p_company uuid, p_dry_run boolean default true, p_years integer default null)
returns jsonb language sql volatile security invoker set search_path = ''
as $$ select private.apply_retention(p_company, p_dry_run, p_years) $$;

-- For the schedule, or by hand as the administrator: `select private.apply_retention_everywhere()`.
create function private.apply_retention_everywhere(p_limit integer default 1000)
returns integer
language sql volatile
set search_path = ''
as $$
  select coalesce(sum(private.erase_expired(c.id, array(
           select e.customer_id from private.expired_customers(c.id) e limit p_limit))), 0)::integer
    from public.companies c where c.retention_years is not null and not private.is_rekeying(c.id)
$$;

-- The planner keeps values of every column as samples; ANALYZE takes new ones, but leaves those of a table that
-- has become empty. Does something only while there was an erasure in the last two days.
create function private.forget_samples()
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_table record;
begin
  if not exists (select from public.erasures e where e.erased_at > now() - interval '2 days') then
    return;
  end if;
  for v_table in
    select c.oid, n.nspname, c.relname
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'private')
  loop
    execute format('analyze %I.%I', v_table.nspname, v_table.relname);
    -- The function came with Postgres 18.
    if to_regprocedure('pg_catalog.pg_clear_attribute_stats(text,text,text,boolean)') is not null
       and (select c.reltuples = 0 from pg_catalog.pg_class c where c.oid = v_table.oid) then
      perform pg_catalog.pg_clear_attribute_stats(v_table.nspname::text, v_table.relname::text, a.attname::text, i.inherited)
         from pg_catalog.pg_attribute a cross join (values (false), (true)) as i (inherited)
        where a.attrelid = v_table.oid and a.attnum > 0 and not a.attisdropped;
    end if;
  end loop;
end
$$;

revoke execute on function
  private.forget_samples(), private.expired_customers(uuid, uuid[]), private.set_retention(uuid, integer), public.set_retention(uuid, integer),
  private.retention_candidates(uuid), public.retention_candidates(uuid), private.erase_expired(uuid, uuid[]),
  private.apply_retention(uuid, boolean, integer), public.apply_retention(uuid, boolean, integer), private.apply_retention_everywhere(integer)
  from public, anon, authenticated, service_role;
-- Each asks for the role itself.
grant execute on function
  private.set_retention(uuid, integer), public.set_retention(uuid, integer),
  private.retention_candidates(uuid), public.retention_candidates(uuid),
  private.apply_retention(uuid, boolean, integer), public.apply_retention(uuid, boolean, integer)
  to authenticated;

-- Every night, where pg_cron is there (hosted: Database > Extensions). Without it the administrator
-- schedules both elsewhere; docs/gdpr.md.
do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.schedule('tradesphere-retention', '17 3 * * *', 'select private.apply_retention_everywhere()');
    perform cron.schedule('tradesphere-forget-samples', '37 3 * * *', 'select private.forget_samples()');
  end if;
end
$$;
