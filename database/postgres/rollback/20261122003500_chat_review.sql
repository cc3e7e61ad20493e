drop function public.chats_to_review(uuid, integer);
drop function public.settle_suggestion(uuid, uuid, boolean);
drop function public.unlink_chat(uuid, uuid);
drop function public.link_chat(uuid, uuid, uuid);
drop function private.settle_suggestion(uuid, uuid, boolean);
drop function private.unlink_chat(uuid, uuid);
drop function private.link_chat(uuid, uuid, uuid);
drop function private.audit_chat(uuid, uuid, uuid, text);
drop function private.require_customer_edit(uuid, uuid, text);
