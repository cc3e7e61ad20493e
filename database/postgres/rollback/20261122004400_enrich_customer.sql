drop function public.enrich_customer(uuid, uuid);
drop function private.enrich_customer(uuid, uuid);
