-- Quotes made for customers (SPEC DB-1).

create table public.quotes (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id),
  customer_id uuid not null,
  -- The chat it came from, where there is one.
  session_id text,
  quote_number text not null,
  status text not null default 'draft',
  -- ISO 4217.
  currency char(3) not null,
  total numeric(14, 2) not null default 0,
  -- [{"text", "quantity", "unitPrice"}]; amounts in `currency`.
  line_items jsonb not null default '[]',
  created_at timestamptz not null default now(),
  constraint quotes_number_key unique (company_id, quote_number),
  constraint quotes_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id),
  constraint quotes_status_valid check (status in ('draft', 'sent', 'accepted', 'declined', 'expired')),
  constraint quotes_currency_valid check (currency ~ '^[A-Z]{3}$'),
  constraint quotes_line_items_valid check (jsonb_typeof(line_items) = 'array')
);
create index quotes_customer_idx on public.quotes (company_id, customer_id, created_at desc);

alter table public.quotes enable row level security;
alter table public.quotes force row level security;
create policy quotes_select on public.quotes
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));

revoke all on public.quotes from anon, authenticated;
grant select on public.quotes to authenticated;
grant all on public.quotes to service_role;
