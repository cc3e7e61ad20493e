drop table public.company_members;
select private.undo_table('companies');
drop type public.member_role;
