drop function private.apply_customer_mutations;
drop function private.verdict_rejected;
drop function private.forbidden_sentence;
