drop index public.idx_customer_interactions_company;
drop index private.customer_search_name_idx;
drop index private.idx_customers_search_composite;
drop index public.customers_name_key_idx;
drop index public.idx_customers_phone;
drop index public.idx_customers_email;
