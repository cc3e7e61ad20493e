-- The log that the chat assistant outside this product writes, under the name it has always had
-- (SPEC DB-1). Contact data is denormalised, as its existing readers expect.

create table if not exists public."VC Usage" (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id),
  session_id text not null,
  -- The visitor's account with the assistant, where there is one; not a member of the company.
  user_id uuid,
  interaction_number integer not null default 1,
  customer_name text,
  customer_email text,
  customer_phone text,
  customer_address text,
  summary text,
  -- [{"role": "customer" | "assistant", "text", "at"}]
  messages jsonb not null default '[]',
  view_count integer not null default 0,
  last_viewed_at timestamptz,
  created_at timestamptz not null default now(),
  constraint vc_usage_company_id_id_key unique (company_id, id),
  constraint vc_usage_messages_valid check (jsonb_typeof(messages) = 'array'),
  constraint vc_usage_counts_valid check (view_count >= 0 and interaction_number >= 1)
);

-- A legacy log is altered in place, its rows as they are. It gets no check that a row of its writer
-- could fail: the assistant goes on as it did.
do $$
begin
  if exists (select from private.legacy_shapes s where s.table_name = 'VC Usage') then
    alter table public."VC Usage"
      add column if not exists user_id uuid,
      add column if not exists interaction_number integer not null default 1,
      add column if not exists customer_name text,
      add column if not exists customer_email text,
      add column if not exists customer_phone text,
      add column if not exists customer_address text,
      add column if not exists summary text,
      add column if not exists messages jsonb not null default '[]',
      add column if not exists view_count integer not null default 0,
      add column if not exists last_viewed_at timestamptz,
      add column if not exists created_at timestamptz not null default now(),
      add constraint vc_usage_company_id_id_key unique (company_id, id);
  end if;
end
$$;
create index vc_usage_company_created_idx on public."VC Usage" (company_id, created_at desc);
create index vc_usage_company_session_idx on public."VC Usage" (company_id, session_id);

alter table public."VC Usage" enable row level security;
alter table public."VC Usage" force row level security;
create policy vc_usage_select on public."VC Usage"
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));

-- Written by the assistant, with the service role.
revoke all on public."VC Usage" from anon, authenticated;
grant select on public."VC Usage" to authenticated;
grant all on public."VC Usage" to service_role;
