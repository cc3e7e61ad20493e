drop function public.get_customer(uuid, uuid);
drop function public.customer_conversations(uuid, uuid, timestamptz, integer, uuid);
drop function public.list_customers(uuid, text, uuid, integer, jsonb);
drop function public.search_customers(uuid, text, integer, integer);
drop function private.page_customer_ids(uuid, text, uuid, jsonb, integer);
drop function private.find_customer_ids(uuid, text, integer, integer, boolean);
drop function private.search_condition(text);
drop function private.like_escaped(text);
