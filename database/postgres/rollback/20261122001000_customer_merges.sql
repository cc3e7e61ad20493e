drop table public.customer_merge_sources;
drop table public.customer_merges;
