-- Tenants, and who belongs to them in which role (SPEC R, DB-1).

create type public.member_role as enum ('owner', 'manager', 'sales', 'analyst');

create table if not exists public.companies (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  -- ISO 3166-1 alpha-2: how national phone numbers are read.
  country char(2) not null,
  -- Where the assistant shows a chat, with {session} for its id; null: nowhere. See `set_chat_link`.
  chat_url text,
  created_at timestamptz not null default now(),
  constraint companies_name_valid check (char_length(btrim(name)) between 1 and 200),
  constraint companies_country_valid check (country ~ '^[A-Z]{2}$')
);

do $$
begin
  if exists (select from private.legacy_shapes s where s.table_name = 'companies') then
    -- The country that the administrator has not said yet (docs/migration-runbook.md).
    alter table public.companies
      add column if not exists country char(2) not null default 'AU',
      add column if not exists chat_url text,
      add column if not exists created_at timestamptz not null default now();
  end if;
end
$$;

create table public.company_members (
  company_id uuid not null references public.companies (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role public.member_role not null,
  display_name text not null,
  created_at timestamptz not null default now(),
  -- Company first: tenant-safe foreign keys (an owner of a customer) point at the pair.
  primary key (company_id, user_id),
  constraint company_members_display_name_valid check (char_length(btrim(display_name)) between 1 and 200)
);
create index company_members_user_idx on public.company_members (user_id);

revoke all on public.companies, public.company_members from anon, authenticated;
grant select on public.companies, public.company_members to authenticated;
grant all on public.companies, public.company_members to service_role;
