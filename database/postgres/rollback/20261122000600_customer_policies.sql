drop policy customers_update on public.customers;
drop policy customers_insert on public.customers;
drop policy customers_select on public.customers;
alter table public.customers no force row level security;
alter table public.customers disable row level security;
