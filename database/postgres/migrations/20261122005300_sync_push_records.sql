-- sync_push: one entrance for all collections, and the push of those besides customers (SPEC SY-2,
-- shared/sync-protocol/record-push.ts). They are few and small, so one at a time, each in a savepoint:
-- one bad record never delays the others. Invoker rights: row-level security judges every write.

-- The record as it is, or its tombstone.
create function private.record_row(p_company uuid, p_collection text, p_id uuid)
returns json
language plpgsql stable
set search_path = ''
as $$
declare
  v_wire json;
begin
  execute format('select w.wire from %s w where w.company_id = $1 and w.id = $2',
                 (select s.wire_view from private.sync_collections() s where s.collection = p_collection))
    into v_wire using p_company, p_id;
  return coalesce(v_wire, json_build_object('id', p_id, 'companyId', p_company, 'gone', true, 'rev', '0'));
end
$$;

-- One function for each collection that takes writes: applies one mutation and says what came of it:
-- applied, conflict, forbidden, not_found or id_in_use. Throws what Postgres throws.

create function private.push_saved_filter(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
declare
  v_op text := p_mutation ->> 'op';
  v_changes jsonb := p_mutation -> 'changes';
  v_base jsonb := coalesce(p_mutation -> 'base', '{}');
  v_author uuid;
begin
  if v_op = 'create' then
    insert into public.saved_filters (id, company_id, user_id, name, filter, shared)
    values (p_id, p_company, auth.uid(), v_changes ->> 'name', v_changes -> 'filter',
            coalesce((v_changes ->> 'shared')::boolean, false))
        on conflict do nothing;
    return case when found then 'applied' else 'id_in_use' end;
  end if;
  select f.user_id into v_author from public.saved_filters f where f.company_id = p_company and f.id = p_id;
  if v_op = 'delete' then
    if v_author <> auth.uid() then
      return 'forbidden';
    end if;
    delete from public.saved_filters f where f.company_id = p_company and f.id = p_id;
    return 'applied';
  end if;
  if v_author is null then
    return 'not_found';
  elsif v_author <> auth.uid() then
    return 'forbidden';
  end if;
  update public.saved_filters f
     set name = case when v_changes ? 'name' then v_changes ->> 'name' else f.name end,
         filter = case when v_changes ? 'filter' then v_changes -> 'filter' else f.filter end,
         shared = case when v_changes ? 'shared' then (v_changes ->> 'shared')::boolean else f.shared end,
         updated_at = now()
   where f.company_id = p_company and f.id = p_id
     and (not v_base ? 'name' or f.name = v_base ->> 'name')
     and (not v_base ? 'filter' or f.filter = v_base -> 'filter')
     and (not v_base ? 'shared' or f.shared = (v_base ->> 'shared')::boolean);
  return case when found then 'applied' else 'conflict' end;
end
$$;

create function private.push_interaction(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
begin
  insert into public.customer_interactions (id, company_id, customer_id, session_id, interaction_type, viewed_at)
  values (p_id, p_company, (p_mutation #>> '{changes,customerId}')::uuid,
          p_mutation #>> '{changes,sessionId}', p_mutation #>> '{changes,type}', (p_mutation ->> 'editedAt')::timestamptz)
      on conflict do nothing;
  return case when found then 'applied' else 'id_in_use' end;
end
$$;

create function private.push_import_batch(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
declare
  v_changes jsonb := p_mutation -> 'changes';
  -- (LEAST passes over a null.)
  v_ended timestamptz := case when v_changes ->> 'endedAt' is not null
    then least((v_changes ->> 'endedAt')::timestamptz, now()) end;
  v_undone timestamptz := case when v_changes ->> 'undoneAt' is not null
    then least((v_changes ->> 'undoneAt')::timestamptz, now()) end;
begin
  -- Made without a network it may have ended, and been undone, before it is heard of.
  if p_mutation ->> 'op' = 'create' then
    insert into public.import_batches (
      id, company_id, file_name, row_count, created_count, updated_count, skipped_count, invalid_count, ended_at,
      undone_at)
    values (p_id, p_company, v_changes ->> 'fileName',
            coalesce((v_changes ->> 'rowCount')::integer, 0), coalesce((v_changes ->> 'createdCount')::integer, 0),
            coalesce((v_changes ->> 'updatedCount')::integer, 0), coalesce((v_changes ->> 'skippedCount')::integer, 0),
            coalesce((v_changes ->> 'invalidCount')::integer, 0), v_ended, v_undone)
        on conflict do nothing;
    return case when found then 'applied' else 'id_in_use' end;
  end if;
  -- A colleague's import that has ended meanwhile after all: what it came to has been told.
  perform from public.import_batches b
    where b.company_id = p_company and b.id = p_id and b.user_id <> auth.uid()
      and b.ended_at is not null and v_ended is not null
      for update;
  if found then
    v_changes := '{}';
  end if;
  update public.import_batches b
     set row_count = coalesce((v_changes ->> 'rowCount')::integer, b.row_count),
         created_count = coalesce((v_changes ->> 'createdCount')::integer, b.created_count),
         updated_count = coalesce((v_changes ->> 'updatedCount')::integer, b.updated_count),
         skipped_count = coalesce((v_changes ->> 'skippedCount')::integer, b.skipped_count),
         invalid_count = coalesce((v_changes ->> 'invalidCount')::integer, b.invalid_count),
         ended_at = coalesce(b.ended_at, v_ended),
         undone_at = coalesce(b.undone_at, v_undone)
   where b.company_id = p_company and b.id = p_id;
  if found then
    return 'applied';
  end if;
  perform from public.import_batches b where b.company_id = p_company and b.id = p_id;
  return case when found then 'forbidden' else 'not_found' end;
end
$$;

create function private.push_quote_request(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
begin
  insert into public.quote_requests (id, company_id, customer_id, quote_id, note, requested_at)
  values (p_id, p_company, (p_mutation #>> '{changes,customerId}')::uuid,
          (p_mutation #>> '{changes,quoteId}')::uuid, p_mutation #>> '{changes,note}', (p_mutation ->> 'editedAt')::timestamptz)
      on conflict do nothing;
  return case when found then 'applied' else 'id_in_use' end;
end
$$;

-- A merge made offline arrives as data, under the id it got there; "delete" undoes it. Both functions
-- ask for the role themselves and do their work once.
create function private.push_merge(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
begin
  if p_mutation ->> 'op' = 'create' then
    perform private.apply_merge(
      p_company, p_id, (p_mutation #>> '{changes,targetId}')::uuid,
      array(select jsonb_array_elements_text(p_mutation #> '{changes,sourceIds}')::uuid),
      coalesce(p_mutation #> '{changes,choices}', '{}'), (p_mutation ->> 'editedAt')::timestamptz);
  else
    perform private.undo_merge(p_company, p_id);
  end if;
  return 'applied';
end
$$;

-- "This chat is that customer's", and "it isn't" (customerId null). A base says whose it was: linked by
-- somebody else meanwhile is a conflict.
create function private.push_conversation(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
declare
  v_customer uuid := (p_mutation #>> '{changes,customerId}')::uuid;
  v_now uuid;
begin
  -- Null unlinks; nothing said must not.
  if not p_mutation -> 'changes' ? 'customerId' then
    raise exception 'The change says nothing about what to write.' using errcode = '22023';
  end if;
  select v.customer_id into v_now from public."VC Usage" v where v.company_id = p_company and v.id = p_id;
  if v_now is not distinct from v_customer then
    return 'applied';
  end if;
  if p_mutation -> 'base' ? 'customerId' and v_now is distinct from (p_mutation #>> '{base,customerId}')::uuid then
    return 'conflict';
  end if;
  if v_customer is null then
    perform private.unlink_chat(p_company, p_id);
  else
    perform private.link_chat(p_company, p_id, v_customer);
  end if;
  return 'applied';
end
$$;

-- Takes what a chat suggested, or leaves it. Settled by somebody else meanwhile, otherwise: a conflict.
create function private.push_suggestion(p_company uuid, p_id uuid, p_mutation jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
declare
  v_wanted text := p_mutation #>> '{changes,status}';
  v_now text;
begin
  if coalesce(v_wanted, '') not in ('accepted', 'dismissed') then
    raise exception 'A suggestion is accepted or dismissed.' using errcode = '22023';
  end if;
  select s.status into v_now from public.customer_suggestions s where s.company_id = p_company and s.id = p_id;
  if v_now = v_wanted then
    return 'applied';
  elsif v_now <> 'open' then
    return 'conflict';
  end if;
  perform private.settle_suggestion(p_company, p_id, v_wanted = 'accepted');
  return 'applied';
end
$$;

-- What may be done to which collection, with which fields; the sentence when it can't, else null.
create function private.record_fault(p_collection text, p_mutation jsonb)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(p_mutation) is distinct from 'object' then 'The change is not an object.'
    when not coalesce(p_mutation ->> 'op', '') = any (c.ops)
      then 'The change names no operation that this server knows. Update the app.'
    when not coalesce(p_mutation ->> 'id', '') ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
      then 'The change names no record.'
    when p_mutation ->> 'editedAt' is null then 'The change has no time.'
    when p_mutation ->> 'op' <> 'delete' and jsonb_typeof(p_mutation -> 'changes') is distinct from 'object'
      then 'The change says nothing about what to write.'
    when coalesce(jsonb_typeof(p_mutation -> 'base'), 'object') <> 'object'
      then 'The change says nothing about what it was based on.'
    when coalesce((p_mutation -> 'changes') - c.fields, '{}') <> '{}' or coalesce((p_mutation -> 'base') - c.fields, '{}') <> '{}'
      then 'The change has a field that this server doesn''t know. Update the server, then send it again.'
  end
  from (values
    ('savedFilters', '{create,update,delete}'::text[], '{name,filter,shared}'::text[]),
    ('interactions', '{create}', '{customerId,sessionId,type}'),
    ('importBatches', '{create,update}',
     '{fileName,rowCount,createdCount,updatedCount,skippedCount,invalidCount,endedAt,undoneAt}'),
    ('quoteRequests', '{create}', '{customerId,quoteId,note}'),
    ('merges', '{create,delete}', '{targetId,sourceIds,choices}'),
    ('conversations', '{update}', '{customerId}'),
    ('suggestions', '{update}', '{status}'),
    ('duplicateDismissals', '{create,delete}', '{customerA,customerB}')
  ) as c (collection, ops, fields)
  where c.collection = p_collection
$$;

create function private.push_record(p_company uuid, p_collection text, p_mutation jsonb)
returns json
language plpgsql security invoker
set search_path = ''
as $$
declare
  v_id uuid := (p_mutation ->> 'id')::uuid;
  v_mutation_id uuid := (p_mutation ->> 'mutationId')::uuid;
  v_outcome text;
  v_refusal jsonb;
  v_verdict json;
begin
  -- A concurrent push of the same mutation waits here until the first one ends, then finds its verdict.
  insert into private.judged_mutations (user_id, mutation_id, company_id, record_id, collection)
  values (auth.uid(), v_mutation_id, p_company, v_id, p_collection)
      on conflict do nothing;
  if found then
    v_outcome := case p_collection
      when 'savedFilters' then private.push_saved_filter(p_company, v_id, p_mutation)
      when 'interactions' then private.push_interaction(p_company, v_id, p_mutation)
      when 'importBatches' then private.push_import_batch(p_company, v_id, p_mutation)
      when 'quoteRequests' then private.push_quote_request(p_company, v_id, p_mutation)
      when 'merges' then private.push_merge(p_company, v_id, p_mutation)
      when 'conversations' then private.push_conversation(p_company, v_id, p_mutation)
      when 'suggestions' then private.push_suggestion(p_company, v_id, p_mutation)
      when 'duplicateDismissals' then private.push_duplicate_dismissal(p_company, v_id, p_mutation)
    end;
  else
    select j.refusal into v_refusal
      from private.judged_mutations j where j.user_id = auth.uid() and j.mutation_id = v_mutation_id;
    if v_refusal ->> 'status' = 'rejected' then
      return v_refusal;
    end if;
    v_outcome := coalesce(v_refusal ->> 'status', 'applied');
  end if;
  v_verdict := case v_outcome
    when 'forbidden' then private.verdict_rejected(
      v_mutation_id, 'forbidden', 'This was made by somebody else: only they can change it.')
    when 'not_found' then private.verdict_rejected(v_mutation_id, 'not_found', 'This is not in this company any more.')
    when 'id_in_use' then private.verdict_rejected(v_mutation_id, 'id_in_use', 'This id is taken. Make it again.')
    else json_build_object('status', v_outcome, 'mutationId', v_mutation_id,
                           'row', private.record_row(p_company, p_collection, v_id))
  end;
  if v_outcome <> 'applied' and v_refusal is null then
    -- Must not be judged anew: a copy of it may come when its base holds again.
    update private.judged_mutations j
       set refusal = v_verdict::jsonb - 'row' where j.user_id = auth.uid() and j.mutation_id = v_mutation_id;
    if not found then
      -- Put out since the claim, which must not stay: it would say that this was applied.
      raise insufficient_privilege;
    end if;
  end if;
  return v_verdict;
end
$$;

-- What an error of Postgres means for one record. Null: not about this record, the push must fail.
create function private.verdict_of_record_error(
  p_company uuid, p_mutation_id uuid, p_state text, p_message text, p_constraint text, p_column text)
returns json
language sql stable
set search_path = ''
as $$
  select case
    when p_state = '42501' then private.verdict_rejected(
      p_mutation_id, 'forbidden',
      case
        when not p_company = any (private.my_company_ids()) then 'You are not a member of this company.'
        when p_message like 'new row violates row-level security%' or p_message like 'permission denied%'
          then format('%s can''t do this in this company.', initcap(private.my_role(p_company)::text))
        else p_message
      end)
    when p_state = '23503' then private.verdict_rejected(
      p_mutation_id, 'not_found',
      case when p_constraint like '%\_customer_fkey' then 'This customer is not in this company any more.'
        else 'What this belongs to is not in this company any more.' end)
    when p_state = '23514' then private.verdict_rejected(
      p_mutation_id, 'invalid',
      case p_constraint
        when 'saved_filters_name_valid' then 'The name is empty or longer than 100 characters.'
        when 'import_batches_file_name_valid' then 'The name of the file is empty or longer than 255 characters.'
        when 'quote_requests_note_valid' then 'The note is longer than 2,000 characters.'
        else 'A value breaks a rule of the database.'
      end)
    when p_state = 'P0002' then private.verdict_rejected(p_mutation_id, 'not_found', p_message)
    when left(p_state, 2) in ('22', '23') then private.verdict_rejected(
      p_mutation_id, 'invalid', case when p_state = '22023' then p_message else 'A value of this change can''t be stored.' end)
    when p_state in ('55000', 'P0001') then private.verdict_rejected(p_mutation_id, 'invalid', p_message)
  end
$$;

create function private.push_records(p_company uuid, p_collection text, p_mutations json)
returns json
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  v_raw json;
  v_place integer := 0;
  v_mutation jsonb;
  v_mutation_id uuid;
  v_fault text;
  v_state text;
  v_message text;
  v_constraint text;
  v_column text;
  v_verdict json;
  v_verdicts json[] := '{}';
begin
  if json_typeof(p_mutations) is distinct from 'array' or json_array_length(p_mutations) > 1000 then
    raise exception 'Send an array of at most 1,000 changes.' using errcode = '22023';
  end if;
  for v_raw in select value from json_array_elements(p_mutations) loop
    v_place := v_place + 1;
    v_mutation := null;
    v_mutation_id := substring(v_raw::text from '"mutationId"\s*:\s*"([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})"')::uuid;
    if v_mutation_id is null then
      raise exception 'Change number % has no mutationId.', v_place using errcode = '22023';
    end if;
    begin
      v_mutation := v_raw::jsonb;
      v_fault := private.record_fault(p_collection, v_mutation);
      v_verdict := case
        when v_fault is null then private.push_record(p_company, p_collection, v_mutation)
        else private.verdict_rejected(v_mutation_id, 'invalid', v_fault)
      end;
    exception
      when data_exception or integrity_constraint_violation or insufficient_privilege
        or object_not_in_prerequisite_state or raise_exception or no_data_found then
        get stacked diagnostics
          v_state = returned_sqlstate, v_message = message_text,
          v_constraint = constraint_name, v_column = column_name;
        v_verdict := private.verdict_of_record_error(
          p_company, v_mutation_id, v_state, v_message, v_constraint, v_column);
        if v_verdict is null then
          raise;
        end if;
        v_verdict := coalesce(
          private.keep_refusal(p_company, p_collection, v_mutation, v_verdict),
          private.push_record(p_company, p_collection, v_mutation));
    end;
    v_verdicts := v_verdicts || v_verdict;
  end loop;
  return json_build_object(
    'protocol', 1,
    'epoch', private.sync_epoch(),
    'verdicts', coalesce(to_json(v_verdicts), '[]'::json),
    'serverTime', private.utc_text(now()));
end
$$;

create function public.sync_push(p_company uuid, p_collection text, p_mutations json)
returns json
language plpgsql volatile security invoker
set search_path = ''
as $$
begin
  perform private.require_current_client();
  if p_collection = 'customers' then
    return private.push_customers(p_company, p_mutations);
  elsif p_collection in (
    'savedFilters', 'interactions', 'importBatches', 'quoteRequests', 'merges', 'conversations', 'suggestions',
    'duplicateDismissals') then
    return private.push_records(p_company, p_collection, p_mutations);
  end if;
  raise exception 'There is no collection of this name to push to. Update the app.' using errcode = '22023';
end
$$;

revoke execute on function
  private.record_row(uuid, text, uuid),
  private.push_saved_filter(uuid, uuid, jsonb), private.push_interaction(uuid, uuid, jsonb),
  private.push_import_batch(uuid, uuid, jsonb), private.push_quote_request(uuid, uuid, jsonb),
  private.push_merge(uuid, uuid, jsonb), private.push_conversation(uuid, uuid, jsonb),
  private.push_suggestion(uuid, uuid, jsonb),
  private.record_fault(text, jsonb), private.push_record(uuid, text, jsonb),
  private.verdict_of_record_error(uuid, uuid, text, text, text, text),
  private.push_records(uuid, text, json), public.sync_push(uuid, text, json)
  from public, anon;
grant execute on function
  private.record_row(uuid, text, uuid),
  private.push_saved_filter(uuid, uuid, jsonb), private.push_interaction(uuid, uuid, jsonb),
  private.push_import_batch(uuid, uuid, jsonb), private.push_quote_request(uuid, uuid, jsonb),
  private.push_merge(uuid, uuid, jsonb), private.push_conversation(uuid, uuid, jsonb),
  private.push_suggestion(uuid, uuid, jsonb),
  private.record_fault(text, jsonb), private.push_record(uuid, text, jsonb),
  private.verdict_of_record_error(uuid, uuid, text, text, text, text),
  private.push_records(uuid, text, json), public.sync_push(uuid, text, json)
  to authenticated, service_role;
