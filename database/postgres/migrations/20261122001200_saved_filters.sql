-- Filters that people keep, for themselves or for the company (SPEC DB-1, SE-2).

create table public.saved_filters (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null,
  user_id uuid not null default auth.uid(),
  name text not null,
  filter jsonb not null,
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_filters_member_fkey foreign key (company_id, user_id)
    references public.company_members (company_id, user_id) on delete cascade,
  constraint saved_filters_name_valid check (char_length(btrim(name)) between 1 and 100),
  constraint saved_filters_filter_valid check (jsonb_typeof(filter) = 'object'),
  -- A shared one goes to everybody: 'infinity' would choke every replica that pulls it.
  constraint saved_filters_times_valid check (
    created_at between '1900-01-01Z' and '9999-01-01Z' and updated_at between '1900-01-01Z' and '9999-01-01Z')
);
create index saved_filters_member_idx on public.saved_filters (company_id, user_id);

alter table public.saved_filters enable row level security;
alter table public.saved_filters force row level security;
create policy saved_filters_select on public.saved_filters
  for select to authenticated
  using (
    company_id = any ((select private.my_company_ids())::uuid[])
    and (shared or user_id = (select auth.uid()))
  );
create policy saved_filters_insert on public.saved_filters
  for insert to authenticated
  with check (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));
create policy saved_filters_update on public.saved_filters
  for update to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));
create policy saved_filters_delete on public.saved_filters
  for delete to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()));

revoke all on public.saved_filters from anon, authenticated;
grant select, delete on public.saved_filters to authenticated;
grant insert (id, company_id, user_id, name, filter, shared), update (name, filter, shared, updated_at)
  on public.saved_filters to authenticated;
grant all on public.saved_filters to service_role;

-- When somebody leaves, what they kept for themselves goes with them; what they shared stays with the
-- company: the owner who let them go has it, else the one who has been there longest.
create function private.keep_shared_filters()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.saved_filters f
     set user_id = heir.user_id
    from (select m.user_id
            from public.company_members m
           where m.company_id = old.company_id and m.role = 'owner' and m.user_id <> old.user_id
           order by m.user_id = auth.uid() desc nulls last, m.created_at, m.user_id
           limit 1) heir
   where f.company_id = old.company_id and f.user_id = old.user_id and f.shared;
  return old;
end
$$;
revoke execute on function private.keep_shared_filters() from public, anon, authenticated;
create trigger company_members_keep_shared_filters
  before delete on public.company_members
  for each row execute function private.keep_shared_filters();
