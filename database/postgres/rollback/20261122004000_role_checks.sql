drop function private.write_audit(uuid, uuid, text, jsonb);
drop function private.require_role(uuid, public.member_role[], text);
