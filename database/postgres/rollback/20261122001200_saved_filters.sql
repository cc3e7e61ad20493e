drop trigger company_members_keep_shared_filters on public.company_members;
drop function private.keep_shared_filters();
drop table public.saved_filters;
