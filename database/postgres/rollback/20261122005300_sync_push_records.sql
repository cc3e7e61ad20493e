drop function public.sync_push(uuid, text, json);
drop function private.push_records(uuid, text, json);
drop function private.verdict_of_record_error(uuid, uuid, text, text, text, text);
drop function private.push_record(uuid, text, jsonb);
drop function private.record_fault(text, jsonb);
drop function private.push_suggestion(uuid, uuid, jsonb);
drop function private.push_conversation(uuid, uuid, jsonb);
drop function private.push_merge(uuid, uuid, jsonb);
drop function private.push_quote_request(uuid, uuid, jsonb);
drop function private.push_import_batch(uuid, uuid, jsonb);
drop function private.push_interaction(uuid, uuid, jsonb);
drop function private.push_saved_filter(uuid, uuid, jsonb);
drop function private.record_row(uuid, text, uuid);

delete from private.judged_mutations where collection <> 'customers';
