-- The role matrix for customers (SPEC R), as shared/permissions/customer-permissions.ts has it.
-- Deleted rows stay visible: they are the tombstones that replicas need.

alter table public.customers enable row level security;
alter table public.customers force row level security;

create policy customers_select on public.customers
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));

create policy customers_insert on public.customers
  for insert to authenticated
  with check (
    company_id = any ((select private.my_company_ids_as('{owner,manager,sales}'::public.member_role[]))::uuid[])
  );

-- Sales edit what they own or created. The check after the edit asks for the company only: a rep
-- may hand an own customer over to a colleague.
create policy customers_update on public.customers
  for update to authenticated
  using (
    company_id = any ((select private.my_company_ids_as('{owner,manager}'::public.member_role[]))::uuid[])
    or (
      company_id = any ((select private.my_company_ids_as('{sales}'::public.member_role[]))::uuid[])
      and (owner_id = (select auth.uid()) or created_by_user_id = (select auth.uid()))
    )
  )
  with check (
    company_id = any ((select private.my_company_ids_as('{owner,manager,sales}'::public.member_role[]))::uuid[])
  );
