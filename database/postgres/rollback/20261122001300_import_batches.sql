drop table public.import_batches;
