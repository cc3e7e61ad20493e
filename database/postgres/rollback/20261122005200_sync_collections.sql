drop function public.sync_pull_all(uuid, jsonb, integer);
drop function public.sync_pull(uuid, text, jsonb, integer);
drop function private.sync_page(uuid, text, jsonb, integer);
drop function private.sync_collections();
drop view private.conversation_wire, private.quote_wire, private.interaction_wire, private.merge_wire,
  private.activity_wire, private.saved_filter_wire, private.import_batch_wire, private.quote_request_wire,
  private.suggestion_wire, private.chat_review_wire;
