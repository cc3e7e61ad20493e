-- What was merged into what, with what is needed to take it back (SPEC DB-1, DB-6).

create table public.customer_merges (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id),
  target_customer_id uuid not null,
  source_customer_id uuid not null,
  -- Field → whose value was kept.
  field_choices jsonb not null default '{}',
  -- {"target": row, "source": row} as they were.
  before_images jsonb not null,
  merged_by_user_id uuid,
  merged_by_user_name text,
  merged_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by_user_id uuid,
  constraint customer_merges_target_fkey foreign key (company_id, target_customer_id)
    references public.customers (company_id, id),
  constraint customer_merges_source_fkey foreign key (company_id, source_customer_id)
    references public.customers (company_id, id),
  constraint customer_merges_two_customers check (target_customer_id <> source_customer_id)
);
create index customer_merges_target_idx on public.customer_merges (company_id, target_customer_id);
create index customer_merges_source_idx on public.customer_merges (company_id, source_customer_id);

alter table public.customer_merges enable row level security;
alter table public.customer_merges force row level security;
create policy customer_merges_select on public.customer_merges
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));

-- Written by merge_customers() only.
revoke all on public.customer_merges from anon, authenticated;
grant select on public.customer_merges to authenticated;
grant all on public.customer_merges to service_role;
