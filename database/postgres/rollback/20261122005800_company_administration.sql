drop function public.company_log(uuid, text[], bigint, integer);
drop index public.audit_log_company_idx;
drop function public.privacy_overview(uuid);
drop function private.privacy_overview(uuid);
drop function public.company_devices(uuid);
drop function public.members_and_invitations(uuid);
drop function private.members_and_invitations(uuid);
drop function public.update_company(uuid, text, text);
drop function private.update_company(uuid, text, text);
