drop function private.require_role(uuid, public.member_role[], text);
