drop table public.import_batches;
drop function private.keep_import_counts();
