drop trigger customers_search_update on public.customers;
drop trigger customers_search_insert on public.customers;
drop function private.index_changed_customer();
drop function private.index_new_customers();
drop function private.customer_search_text(public.customers);
drop table private.customer_search;
drop function private.name_families(text);
drop table private.given_names;
