drop function private.refuse_stranger(uuid);
drop function private.is_signed_out(uuid);
drop table private.device_sessions;
