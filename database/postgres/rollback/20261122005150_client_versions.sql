drop function private.require_current_client();
drop function private.oldest_protocol();
