-- The push of customers (SPEC SY-2, SY-3, shared/sync-protocol/push.ts): a batch of mutations in, a
-- verdict for each out, in the order sent. Invoker rights: row-level security judges every write.

-- Checks the shape of one mutation; a sentence when it is not well-formed, else null.
create function private.mutation_fault(p_mutation jsonb)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when jsonb_typeof(p_mutation) is distinct from 'object' then 'The change is not an object.'
    when not coalesce(p_mutation ->> 'id', '') ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
      then 'The change names no customer.'
    when coalesce(p_mutation ->> 'op', '') not in ('create', 'update', 'delete', 'restore')
      then 'The change names no operation that this server knows. Update the app.'
    when p_mutation ->> 'op' in ('create', 'update') and jsonb_typeof(p_mutation -> 'changes') is distinct from 'object'
      then 'The change says nothing about what to write.'
    when p_mutation ->> 'op' = 'update' and jsonb_typeof(p_mutation -> 'base') is distinct from 'object'
      then 'The change says nothing about what it was based on.'
    when coalesce((p_mutation -> 'changes') - c.fields, '{}') <> '{}' or coalesce((p_mutation -> 'base') - c.fields, '{}') <> '{}'
      then 'The change has a field that this server doesn''t know. Update the server, then send it again.'
    when p_mutation ->> 'editedAt' is null then 'The change has no time.'
  end
  from (select private.customer_field_names()) as c (fields)
$$;

-- What an error of Postgres means for one mutation. Null: not about this row, the push must fail.
create function private.verdict_of_error(
  p_company uuid, p_mutation_id uuid, p_op text,
  p_state text, p_message text, p_constraint text, p_column text)
returns json
language sql stable
set search_path = ''
as $$
  select case
    when p_state = '42501' then private.verdict_rejected(
      p_mutation_id, 'forbidden',
      -- Our own triggers speak to people; Postgres's own words don't.
      case when p_message like 'new row violates row-level security%' or p_message like 'permission denied%'
        then private.forbidden_sentence(p_company, p_op) else p_message end)
    when p_state = '23503' and p_constraint = 'customers_owner_fkey' then private.verdict_rejected(
      p_mutation_id, 'invalid', 'The owner is not a member of this company. Choose somebody else.', 'ownerId')
    when p_state = '23502' and p_column = 'customer_name' then private.verdict_rejected(
      p_mutation_id, 'invalid', 'Give the customer a name.', 'name')
    when p_state = '23502' and p_column = 'source' then private.verdict_rejected(
      p_mutation_id, 'invalid', 'The customer has no source.', 'source')
    when p_state = '23514' then private.verdict_rejected(
      p_mutation_id, 'invalid',
      case p_constraint
        when 'customers_name_valid' then 'The name is empty or longer than 200 characters.'
        when 'customers_email_valid' then 'This is not an email address of at most 320 characters.'
        when 'customers_phone_valid' then 'The phone number is longer than 64 characters.'
        when 'customers_address_valid' then 'The address is longer than 500 characters.'
        when 'customers_website_valid' then 'The website is longer than 500 characters.'
        when 'customers_notes_valid' then 'The notes are longer than 20,000 characters.'
        when 'customers_tags_count_valid' then 'There are more than 50 tags, or one is empty.'
        when 'customers_tags_length_valid' then 'A tag is longer than 60 characters.'
        when 'customers_source_valid' then 'The source is none of chat, manual and import.'
        else 'A value breaks a rule of the database.'
      end,
      (select f from unnest(private.customer_field_names() || 'source'::text) as t (f)
        -- "jobTitle" is job_title in the name of its rule.
        where p_constraint like 'customers\_' || lower(regexp_replace(f, '([A-Z])', '_\1', 'g')) || '\_%'))
    -- Bad values (22: not a date, not an id, a character that can't be stored), other rules (23),
    -- deleted meanwhile (55000), and what our functions raise (P0001).
    when left(p_state, 2) in ('22', '23') then private.verdict_rejected(
      p_mutation_id, 'invalid', 'A value of this change can''t be stored.')
    when p_state in ('55000', 'P0001') then private.verdict_rejected(p_mutation_id, 'invalid', p_message)
  end
$$;

-- Enters a refusal whose claim of the ledger was rolled back with what the mutation had written. Of who
-- is no member nothing is kept: their work waits again, under its ids, when they are back (docs/sync.md).
-- Null: a copy was quicker, and the word on that stands.
create function private.keep_refusal(p_company uuid, p_collection text, p_mutation jsonb, p_verdict json)
returns json
language plpgsql volatile security invoker
set search_path = ''
as $$
begin
  insert into private.judged_mutations (mutation_id, company_id, collection, record_id, refusal)
  select (p_verdict ->> 'mutationId')::uuid, p_company, p_collection, (p_mutation ->> 'id')::uuid, p_verdict::jsonb
   where p_mutation is not null and p_company = any (private.my_company_ids())
      on conflict do nothing;
  return case
    when found or p_mutation is null or not exists (
      select from private.judged_mutations j
       where j.user_id = auth.uid() and j.mutation_id = (p_verdict ->> 'mutationId')::uuid)
      then p_verdict
  end;
end
$$;

-- p_mutations is json, not jsonb: a text with a character that Postgres can't store (\u0000) must
-- cost that one row its verdict, not the whole batch its parse.
create function private.push_customers(p_company uuid, p_mutations json)
returns json
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  c_uuid constant text := '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$';
  v_raw json[];
  v_all jsonb[] := '{}';
  v_verdicts json[];
  v_answer json[];
  -- Of each element of v_all, sorted by wave: its place in the batch, and its wave.
  v_ords integer[];
  v_waves integer[];
  v_from integer;
  v_to integer;
  i integer;
  v_mutation jsonb;
  v_mutation_id uuid;
  v_fault text;
  v_state text;
  v_message text;
  v_constraint text;
  v_column text;
  v_verdict json;
begin
  if json_typeof(p_mutations) is distinct from 'array' or json_array_length(p_mutations) > 1000 then
    raise exception 'Send an array of at most 1,000 changes.' using errcode = '22023';
  end if;
  v_raw := array(select value from json_array_elements(p_mutations));
  v_verdicts := array_fill(null::json, array[cardinality(v_raw)]);

  -- The fast path: everything well-formed, nothing thrown.
  begin
    v_all := array(select r::jsonb from unnest(v_raw) as t (r));
    if exists (
      select from unnest(v_all) as t (e)
       where private.mutation_fault(e) is not null or not coalesce(e ->> 'mutationId', '') ~* c_uuid
    ) then
      raise invalid_parameter_value;
    end if;
    -- Several changes of one customer apply one after another: the nth of each forms the nth wave.
    with numbered as (
      select e, (e ->> 'mutationId')::uuid as id, ord, row_number() over (partition by lower(e ->> 'id') order by ord) as nth
        from unnest(v_all) with ordinality as t (e, ord)
    )
    select array_agg(e order by nth, id, ord), array_agg(ord::integer order by nth, id, ord), array_agg(nth::integer order by nth, id, ord)
      into v_all, v_ords, v_waves
      from numbered;
    v_from := 1;
    while v_from <= cardinality(v_ords) loop
      v_to := v_from;
      while v_waves[v_to + 1] = v_waves[v_from] loop
        v_to := v_to + 1;
      end loop;
      v_answer := private.apply_customer_mutations(p_company, v_all[v_from:v_to]);
      for i in v_from .. v_to loop
        v_verdicts[v_ords[i]] := v_answer[i - v_from + 1];
      end loop;
      v_from := v_to + 1;
    end loop;
  exception
    when data_exception or integrity_constraint_violation or insufficient_privilege
      or object_not_in_prerequisite_state or raise_exception then
      -- Somebody in the batch is at fault: find out who, one by one, so that nobody else waits. In the order
      -- in which the fast path claims, against deadlocks with a copy.
      v_verdicts := array_fill(null::json, array[cardinality(v_raw)]);
      for turn in 1 .. cardinality(v_raw) loop
        i := coalesce(v_ords[turn], turn);
        v_mutation := null;
        v_mutation_id := substring(v_raw[i]::text from '"mutationId"\s*:\s*"([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})"')::uuid;
        if v_mutation_id is null then
          raise exception 'Change number % has no mutationId.', i using errcode = '22023';
        end if;
        begin
          v_mutation := v_raw[i]::jsonb;
          v_fault := private.mutation_fault(v_mutation);
          if v_fault is not null then
            v_verdicts[i] := private.verdict_rejected(v_mutation_id, 'invalid', v_fault);
          else
            v_verdicts[i] := (private.apply_customer_mutations(p_company, array[v_mutation]))[1];
          end if;
        exception
          when data_exception or integrity_constraint_violation or insufficient_privilege
            or object_not_in_prerequisite_state or raise_exception then
            get stacked diagnostics
              v_state = returned_sqlstate, v_message = message_text,
              v_constraint = constraint_name, v_column = column_name;
            v_verdict := private.verdict_of_error(
              p_company, v_mutation_id, v_mutation ->> 'op', v_state, v_message, v_constraint, v_column);
            if v_verdict is null then
              raise;
            end if;
            v_verdicts[i] := coalesce(
              private.keep_refusal(p_company, 'customers', v_mutation, v_verdict),
              (private.apply_customer_mutations(p_company, array[v_mutation]))[1]);
        end;
      end loop;
  end;

  return json_build_object(
    'protocol', 1,
    'epoch', private.sync_epoch(),
    'verdicts', coalesce(to_json(v_verdicts), '[]'::json),
    'serverTime', private.utc_text(now()));
end
$$;

revoke execute on function
  private.mutation_fault(jsonb),
  private.verdict_of_error(uuid, uuid, text, text, text, text, text),
  private.keep_refusal(uuid, text, jsonb, json),
  private.push_customers(uuid, json)
  from public, anon;
grant execute on function
  private.mutation_fault(jsonb),
  private.verdict_of_error(uuid, uuid, text, text, text, text, text),
  private.keep_refusal(uuid, text, jsonb, json),
  private.push_customers(uuid, json)
  to authenticated, service_role;
