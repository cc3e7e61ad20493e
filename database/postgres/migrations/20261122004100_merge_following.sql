-- What stays together when customers are merged (SPEC DB-6): who became whom, which rows follow a
-- customer, and which merge brought each row where it is.

-- The customer that p_customer lives on in: itself, unless it was merged.
create function private.live_end(p_company uuid, p_customer uuid)
returns uuid
language sql stable
set search_path = ''
as $$
  with recursive chain (id, merged_into, step) as (
    select c.id, c.merged_into, 0 from public.customers c where c.company_id = p_company and c.id = p_customer
    union all
    select c.id, c.merged_into, chain.step + 1
      from chain join public.customers c on c.company_id = p_company and c.id = chain.merged_into
     where chain.step < 1000
  )
  select chain.id from chain order by chain.step desc limit 1
$$;

-- A customer with everybody who was merged into it, over any number of steps.
create function private.merged_family(p_company uuid, p_customer uuid)
returns setof uuid
language sql stable
set search_path = ''
as $$
  with recursive family (id) as (
    select c.id from public.customers c where c.company_id = p_company and c.id = p_customer
    union
    select c.id from family join public.customers c on c.company_id = p_company and c.merged_into = family.id
  )
  select family.id from family
$$;

-- The tables whose rows follow a customer: those with an `id uuid` and a foreign key
-- (company_id, customer_id) to customers. Asked of the catalogue, so that a table made later can't
-- be forgotten. (The audit log has no such id: it is read over the whole family instead.)
-- once_by: the other columns of a unique constraint that the customer is part of, as "column,
-- column"; null where there is none. A row that the target has already stays with the source.
create function private.customer_followers()
returns table (relation regclass, once_by text[])
language sql stable
set search_path = ''
as $$
  select distinct on (k.conrelid)
         k.conrelid::regclass,
         (select array_agg(a.attname::text order by a.attnum)
            from pg_catalog.pg_constraint u
            join pg_catalog.pg_attribute a on a.attrelid = u.conrelid and a.attnum = any (u.conkey)
           where u.conrelid = k.conrelid and u.contype in ('u', 'p') and link.attnum = any (u.conkey)
             and a.attname <> 'customer_id')
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_attribute link on link.attrelid = k.conrelid and link.attname = 'customer_id'
    join pg_catalog.pg_attribute id on id.attrelid = k.conrelid and id.attname = 'id'
   where k.contype = 'f'
     and k.confrelid = 'public.customers'::regclass
     and link.attnum = any (k.conkey)
     and id.atttypid = 'pg_catalog.uuid'::regtype and not id.attisdropped
   order by k.conrelid
$$;

-- Which merge moved which row away from which source: the memory of an undo. `seq` orders the
-- moves of one row. Entries go as soon as somebody moves the row by hand, for they no longer say
-- where it belongs.
create table private.merge_moves (
  seq bigint generated always as identity primary key,
  company_id uuid not null,
  merge_id uuid not null,
  source_customer_id uuid not null,
  -- The table, qualified and quoted.
  relation text not null,
  row_id uuid not null,
  -- Of a conversation: its contact columns before the merge, which the sync of customers to chats
  -- writes over.
  contact jsonb,
  constraint merge_moves_source_fkey foreign key (company_id, merge_id, source_customer_id)
    references public.customer_merge_sources (company_id, merge_id, source_customer_id)
);
create index merge_moves_merge_idx on private.merge_moves (company_id, merge_id, source_customer_id);
create index merge_moves_row_idx on private.merge_moves (relation, row_id);
alter table private.merge_moves enable row level security;
alter table private.merge_moves force row level security;
revoke all on private.merge_moves from anon, authenticated, service_role;

-- A row that arrives for a customer merged meanwhile (a laptop that was offline, a chat in flight)
-- belongs to whom the customer lives on in. Definer rights, for the lock: it waits for a merge that
-- is under way, which `for key share` of the foreign key alone would notice too late.
create function private.follow_merge()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_merged_into uuid;
begin
  -- Moved by hand: no undo takes it away from there again. (The setting is set by the merge and the
  -- undo; whoever else set it would only make an undo remember too much.)
  if tg_op = 'UPDATE' then
    if old.customer_id is not null and new.customer_id is distinct from old.customer_id
       and current_setting('tradesphere.merge_moves_rows', true) is distinct from 'on' then
      delete from private.merge_moves v where v.relation = tg_relid::regclass::text and v.row_id = new.id;
    end if;
  end if;
  if new.customer_id is null then
    return new;
  end if;
  select c.merged_into into v_merged_into
    from public.customers c
   where c.company_id = new.company_id and c.id = new.customer_id
     for key share;
  if v_merged_into is not null then
    new.customer_id := private.live_end(new.company_id, new.customer_id);
  end if;
  return new;
end
$$;

revoke execute on function
  private.live_end(uuid, uuid), private.merged_family(uuid, uuid), private.customer_followers(), private.follow_merge()
  from public, anon, authenticated, service_role;
grant execute on function private.live_end(uuid, uuid), private.merged_family(uuid, uuid) to authenticated, service_role;

-- The names sort behind those of other BEFORE triggers: what they link is followed, too.
create trigger vc_usage_zz_follow_merge
  before insert or update of customer_id on public."VC Usage"
  for each row execute function private.follow_merge();
create trigger quotes_zz_follow_merge
  before insert or update of customer_id on public.quotes
  for each row execute function private.follow_merge();
create trigger customer_interactions_zz_follow_merge
  before insert or update of customer_id on public.customer_interactions
  for each row execute function private.follow_merge();
