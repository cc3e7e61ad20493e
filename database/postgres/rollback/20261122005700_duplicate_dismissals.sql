drop trigger customers_forget_dismissals on public.customers;
drop function private.forget_dismissals();
drop function private.push_duplicate_dismissal(uuid, uuid, jsonb);
drop view private.duplicate_dismissal_wire;
drop table public.duplicate_dismissals;
drop function private.pair_id(uuid, uuid);
delete from private.sync_tombstones where collection = 'duplicateDismissals';
delete from private.judged_mutations where collection = 'duplicateDismissals';
