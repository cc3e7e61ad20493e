drop trigger customers_stamp on public.customers;
drop function private.stamp_customer;
drop function private.is_table_owner;
