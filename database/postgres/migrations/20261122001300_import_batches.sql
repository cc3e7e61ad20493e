-- One row an import: what came in, so that it can be reported and undone (SPEC DB-1, IO-4).

create table public.import_batches (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null,
  user_id uuid not null default auth.uid(),
  file_name text not null,
  row_count integer not null default 0,
  created_count integer not null default 0,
  updated_count integer not null default 0,
  skipped_count integer not null default 0,
  invalid_count integer not null default 0,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  undone_at timestamptz,
  constraint import_batches_member_fkey foreign key (company_id, user_id)
    references public.company_members (company_id, user_id) on delete cascade,
  constraint import_batches_file_name_valid check (char_length(file_name) between 1 and 255),
  constraint import_batches_counts_valid check (
    row_count >= 0 and created_count >= 0 and updated_count >= 0 and skipped_count >= 0 and invalid_count >= 0
  )
);
create index import_batches_member_idx on public.import_batches (company_id, user_id);

alter table public.import_batches enable row level security;
alter table public.import_batches force row level security;
create policy import_batches_select on public.import_batches
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
-- Whoever may create customers may import them.
create policy import_batches_insert on public.import_batches
  for insert to authenticated
  with check (
    company_id = any ((select private.my_company_ids_as('{owner,manager,sales}'::public.member_role[]))::uuid[])
    and user_id = (select auth.uid())
  );
-- Whoever may undo an import (20261122001850) may say that it was undone, or that it has ended.
create policy import_batches_update on public.import_batches
  for update to authenticated
  using (
    company_id = any ((select private.my_company_ids_as('{owner,manager}'::public.member_role[]))::uuid[])
    or (
      company_id = any ((select private.my_company_ids_as('{sales}'::public.member_role[]))::uuid[])
      and user_id = (select auth.uid())
    )
  )
  with check (
    company_id = any ((select private.my_company_ids_as('{owner,manager,sales}'::public.member_role[]))::uuid[])
  );

-- What an import came to is for whoever imported to say; whoever else ends it, since its computer is lost, says it
-- as far as they know. Ended stays ended, undone stays undone.
create function private.keep_import_counts()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.ended_at := coalesce(old.ended_at, new.ended_at);
  new.undone_at := coalesce(old.undone_at, new.undone_at);
  if auth.uid() <> old.user_id
     and not (old.ended_at is null and new.ended_at is not null)
     and (new.row_count, new.created_count, new.updated_count, new.skipped_count, new.invalid_count)
         is distinct from (old.row_count, old.created_count, old.updated_count, old.skipped_count, old.invalid_count) then
    raise exception 'What an import came to is for whoever imported to say.' using errcode = '42501';
  end if;
  return new;
end
$$;
revoke execute on function private.keep_import_counts() from public, anon, authenticated;
create trigger import_batches_keep_counts
  before update on public.import_batches
  for each row execute function private.keep_import_counts();

revoke all on public.import_batches from anon, authenticated;
grant select on public.import_batches to authenticated;
grant insert (
    id, company_id, file_name, row_count, created_count, updated_count, skipped_count, invalid_count, ended_at, undone_at)
  on public.import_batches to authenticated;
grant update (row_count, created_count, updated_count, skipped_count, invalid_count, ended_at, undone_at)
  on public.import_batches to authenticated;
grant all on public.import_batches to service_role;
