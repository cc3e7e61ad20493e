drop trigger customers_audit_update on public.customers;
drop trigger customers_audit_insert on public.customers;
drop table public.audit_log;
drop function private.write_audit;
drop function private.audit_changed_customers;
drop function private.audit_created_customers;
drop function private.guard_audit_update;
drop function private.refuse_audit_change;
drop function private.blank_changes;
