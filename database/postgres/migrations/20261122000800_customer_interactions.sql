-- Who looked at, called or wrote to a customer, and when (SPEC DB-1).

create table if not exists public.customer_interactions (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id),
  customer_id uuid not null,
  customer_name text,
  session_id text,
  interaction_type text not null,
  viewed_at timestamptz not null default now(),
  user_id uuid,
  user_name text,
  constraint customer_interactions_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id),
  constraint customer_interactions_type_valid
    check (interaction_type in ('view', 'call', 'email', 'meeting', 'chat', 'quote'))
);

-- A legacy table: its rows know a session and a name. Their customers come with the data migration,
-- and its writer may go on without them.
do $$
begin
  if exists (select from private.legacy_shapes s where s.table_name = 'customer_interactions') then
    alter table public.customer_interactions
      add column if not exists customer_id uuid,
      add column if not exists customer_name text,
      add column if not exists session_id text,
      add column if not exists interaction_type text not null default 'view',
      add column if not exists viewed_at timestamptz not null default now(),
      add column if not exists user_id uuid,
      add column if not exists user_name text,
      add constraint customer_interactions_customer_fkey foreign key (company_id, customer_id)
        references public.customers (company_id, id);
  end if;
end
$$;
create index idx_customer_interactions_tracking
  on public.customer_interactions (company_id, customer_id, viewed_at desc);

alter table public.customer_interactions enable row level security;
alter table public.customer_interactions force row level security;
create policy customer_interactions_select on public.customer_interactions
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));

revoke all on public.customer_interactions from anon, authenticated;
grant select on public.customer_interactions to authenticated;
grant all on public.customer_interactions to service_role;
