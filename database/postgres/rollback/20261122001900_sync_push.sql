drop function public.sync_push;
drop function private.verdict_of_error;
drop function private.mutation_fault;
