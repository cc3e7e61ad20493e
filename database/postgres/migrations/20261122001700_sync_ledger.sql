-- Which mutations were applied, so that a repeated push (a lost answer, a crash) writes nothing
-- twice. Kept per user: ids are chosen by clients, and nobody can take an id away from a colleague.

create table private.applied_mutations (
  user_id uuid not null default auth.uid(),
  mutation_id uuid not null,
  company_id uuid not null references public.companies (id) on delete cascade,
  collection text not null default 'customers',
  record_id uuid not null,
  applied_at timestamptz not null default now(),
  primary key (user_id, mutation_id)
);
create index applied_mutations_company_idx on private.applied_mutations (company_id);

alter table private.applied_mutations enable row level security;
alter table private.applied_mutations force row level security;
create policy applied_mutations_select on private.applied_mutations
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));
create policy applied_mutations_insert on private.applied_mutations
  for insert to authenticated
  with check (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));
-- sync_push takes back what it entered for a mutation that turned out not to apply.
create policy applied_mutations_delete on private.applied_mutations
  for delete to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));

grant select, insert, delete on private.applied_mutations to authenticated;
grant all on private.applied_mutations to service_role;
