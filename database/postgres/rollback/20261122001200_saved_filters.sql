drop table public.saved_filters;
