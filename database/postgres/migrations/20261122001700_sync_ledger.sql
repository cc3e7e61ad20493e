-- Which mutations were judged, so that a repeated push (a lost answer, a crash, a copy that was long
-- under way) writes nothing twice, and nothing that was refused but for want of membership or because it
-- could not be read (keep_refusal). Kept per user: ids are chosen by clients, and nobody can take an id
-- away from a colleague.

create table private.judged_mutations (
  user_id uuid not null default auth.uid(),
  mutation_id uuid not null,
  company_id uuid not null references public.companies (id) on delete cascade,
  collection text not null default 'customers',
  record_id uuid not null,
  -- The verdict without the row: a conflict or a refusal. Null: it was applied.
  refusal jsonb,
  judged_at timestamptz not null default now(),
  primary key (user_id, mutation_id)
);
create index judged_mutations_company_idx on private.judged_mutations (company_id);

alter table private.judged_mutations enable row level security;
alter table private.judged_mutations force row level security;
create policy judged_mutations_select on private.judged_mutations
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));
create policy judged_mutations_insert on private.judged_mutations
  for insert to authenticated
  with check (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));
-- sync_push claims an id before it judges.
create policy judged_mutations_update on private.judged_mutations
  for update to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));

grant select, insert, update (refusal) on private.judged_mutations to authenticated;
grant all on private.judged_mutations to service_role;
