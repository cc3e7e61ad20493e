drop function private.push_customers;
drop function private.keep_refusal;
drop function private.verdict_of_error;
drop function private.mutation_fault;
