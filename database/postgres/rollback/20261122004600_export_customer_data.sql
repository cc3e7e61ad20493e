drop trigger import_batches_audit_insert on public.import_batches;
drop trigger import_batches_audit_undo on public.import_batches;
drop function private.audit_imports();
drop function public.record_export(uuid, text, integer);
drop function private.record_export(uuid, text, integer);
drop function public.export_customer_data(uuid, uuid);
drop function private.export_customer_data(uuid, uuid);
