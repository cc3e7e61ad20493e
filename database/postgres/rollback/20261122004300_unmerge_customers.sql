drop function public.unmerge_customers(uuid, uuid);
drop function private.undo_merge(uuid, uuid);
