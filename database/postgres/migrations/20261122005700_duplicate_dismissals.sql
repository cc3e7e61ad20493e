-- "Not a duplicate" (SPEC SE-3): pairs of customers that somebody has looked at and told apart. A pair
-- names the customers that were looked at, and stays as it is when one of them is merged: whoever
-- reads it follows the merge, so that an undoing brings it back by itself.

-- The id of a pair, the same whoever makes it, wherever: two people who dismiss one pair, offline, make
-- one row. A hash, since ids of imported customers follow each other; shared/domain/duplicate-dismissal.ts
-- does the same.
create function private.pair_id(p_a uuid, p_b uuid)
returns uuid
language sql immutable parallel safe
set search_path = ''
as $$ select encode(substring(sha256(uuid_send(p_a) || uuid_send(p_b)) from 1 for 16), 'hex')::uuid $$;
revoke execute on function private.pair_id(uuid, uuid) from public, anon;
grant execute on function private.pair_id(uuid, uuid) to authenticated, service_role;

create table public.duplicate_dismissals (
  id uuid not null generated always as (private.pair_id(customer_a, customer_b)) stored,
  company_id uuid not null,
  customer_a uuid not null,
  customer_b uuid not null,
  user_id uuid default auth.uid(),
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  constraint duplicate_dismissals_pair_valid check (customer_a < customer_b),
  constraint duplicate_dismissals_pair_key unique (company_id, customer_a, customer_b),
  constraint duplicate_dismissals_a_customer_fkey foreign key (company_id, customer_a)
    references public.customers (company_id, id) on delete cascade,
  constraint duplicate_dismissals_b_customer_fkey foreign key (company_id, customer_b)
    references public.customers (company_id, id) on delete cascade
);
create index duplicate_dismissals_b_idx on public.duplicate_dismissals (company_id, customer_b);

alter table public.duplicate_dismissals enable row level security;
alter table public.duplicate_dismissals force row level security;
create policy duplicate_dismissals_select on public.duplicate_dismissals
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
-- Whoever may merge may say that there is nothing to merge.
create policy duplicate_dismissals_insert on public.duplicate_dismissals
  for insert to authenticated
  with check (
    company_id = any ((select private.my_company_ids_as('{owner,manager}'::public.member_role[]))::uuid[])
    and user_id = (select auth.uid())
  );
create policy duplicate_dismissals_delete on public.duplicate_dismissals
  for delete to authenticated
  using (company_id = any ((select private.my_company_ids_as('{owner,manager}'::public.member_role[]))::uuid[]));

revoke all on public.duplicate_dismissals from anon, authenticated;
grant select, delete on public.duplicate_dismissals to authenticated;
grant insert (company_id, customer_a, customer_b) on public.duplicate_dismissals to authenticated;
grant all on public.duplicate_dismissals to service_role;

select private.make_replicable('public.duplicate_dismissals', 'duplicate_dismissals', 'duplicateDismissals');
select private.make_hinting('public.duplicate_dismissals', 'duplicate_dismissals', 'duplicateDismissals');

create view private.duplicate_dismissal_wire
with (security_invoker = true)
as
select d.id,
       d.company_id,
       d.rev,
       json_build_object(
         'id', d.id,
         'companyId', d.company_id,
         'customerA', d.customer_a,
         'customerB', d.customer_b,
         'userId', d.user_id,
         'createdAt', private.utc_text(d.created_at),
         'rev', d.rev::text
       ) as wire,
       d.created_at as happened_at
  from public.duplicate_dismissals d;
grant select on private.duplicate_dismissal_wire to authenticated;

-- Marks a pair, or takes the mark back; either is done when somebody else was faster.
create function private.push_duplicate_dismissal(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
declare
  v_a uuid := (p_mutation #>> '{changes,customerA}')::uuid;
  v_b uuid := (p_mutation #>> '{changes,customerB}')::uuid;
begin
  perform private.require_role(p_company, '{owner,manager}', 'tell duplicates apart');
  if p_mutation ->> 'op' = 'delete' then
    delete from public.duplicate_dismissals d where d.company_id = p_company and d.id = p_id;
    return 'applied';
  end if;
  if (v_a < v_b) is not true or p_id <> private.pair_id(v_a, v_b) then
    raise exception 'The change names no pair of customers.' using errcode = '22023';
  end if;
  if exists (select from public.customers c
              where c.company_id = p_company and c.id in (v_a, v_b) and c.erased_at is not null) then
    return 'not_found';
  end if;
  insert into public.duplicate_dismissals (company_id, customer_a, customer_b)
  values (p_company, v_a, v_b)
      on conflict do nothing;
  return 'applied';
end
$$;
revoke execute on function private.push_duplicate_dismissal(uuid, uuid, jsonb) from public, anon;
grant execute on function private.push_duplicate_dismissal(uuid, uuid, jsonb) to authenticated, service_role;

-- Whom an erased customer was told apart from is nobody's business any more.
create function private.forget_dismissals()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from public.duplicate_dismissals d
   where d.company_id = new.company_id and (d.customer_a = new.id or d.customer_b = new.id);
  return null;
end
$$;
revoke execute on function private.forget_dismissals() from public, anon, authenticated;
create trigger customers_forget_dismissals
  after update of erased_at on public.customers
  for each row when (old.erased_at is null and new.erased_at is not null)
  execute function private.forget_dismissals();
