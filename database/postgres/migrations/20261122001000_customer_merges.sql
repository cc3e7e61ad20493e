-- What was merged into what, with what is needed to take it back (SPEC DB-1, DB-6).

-- One row a merge. The id is chosen by whoever merges, so that a merge made offline applies once.
create table public.customer_merges (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id),
  target_customer_id uuid not null,
  -- Field → whose value was wanted; shared/domain/merge-choices.ts.
  field_choices jsonb not null default '{}',
  -- The target as it was.
  before_image jsonb not null default '{}',
  -- Field → {"from", "to"} of the target's fields that the merge changed: what an undo looks at.
  field_changes jsonb not null default '{}',
  merged_by_user_id uuid,
  merged_by_user_name text,
  merged_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by_user_id uuid,
  -- The order in which merges were applied; merged_at is when somebody made them, offline perhaps.
  seq bigint generated always as identity,
  constraint customer_merges_company_id_id_key unique (company_id, id),
  constraint customer_merges_target_fkey foreign key (company_id, target_customer_id)
    references public.customers (company_id, id)
);
create index customer_merges_target_idx on public.customer_merges (company_id, target_customer_id);

-- The customers that went into it, one or more.
create table public.customer_merge_sources (
  company_id uuid not null,
  merge_id uuid not null,
  source_customer_id uuid not null,
  -- The source as it was.
  before_image jsonb not null default '{}',
  primary key (company_id, merge_id, source_customer_id),
  constraint customer_merge_sources_merge_fkey foreign key (company_id, merge_id)
    references public.customer_merges (company_id, id),
  constraint customer_merge_sources_source_fkey foreign key (company_id, source_customer_id)
    references public.customers (company_id, id)
);
create index customer_merge_sources_source_idx on public.customer_merge_sources (company_id, source_customer_id);

alter table public.customer_merges enable row level security;
alter table public.customer_merges force row level security;
create policy customer_merges_select on public.customer_merges
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));

alter table public.customer_merge_sources enable row level security;
alter table public.customer_merge_sources force row level security;
create policy customer_merge_sources_select on public.customer_merge_sources
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));

-- Written by merge_customers() and unmerge_customers() only.
revoke all on public.customer_merges, public.customer_merge_sources from anon, authenticated;
grant select on public.customer_merges, public.customer_merge_sources to authenticated;
grant all on public.customer_merges, public.customer_merge_sources to service_role;
