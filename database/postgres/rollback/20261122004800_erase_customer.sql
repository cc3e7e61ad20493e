-- What was erased stays erased.
drop function public.erasure_status(uuid);
drop function public.acknowledge_erasure(uuid, uuid, uuid);
drop function private.acknowledge_erasure(uuid, uuid, uuid);
drop function public.register_device(uuid, uuid, text);
drop function private.register_device(uuid, uuid, text);
drop function public.erase_customer(uuid, uuid, text);
drop function private.erase_customer(uuid, uuid, text);
drop function private.erase_family(uuid, uuid, text);
drop function private.json_without_values(jsonb, text[]);
drop function private.without_values(text, text[]);
drop table public.erasure_receipts;
drop table public.devices;
drop table public.erasures;
