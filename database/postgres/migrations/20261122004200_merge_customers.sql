-- Merging (SPEC DB-6): conversations, quotes and interactions follow the target, each field gets the
-- value that was chosen, the sources become tombstones that name the target, and everything an undo
-- needs is kept.

-- A customer as shared/domain names its fields: before-images, and what choices pick from.
create function private.customer_image(p_customer public.customers)
returns jsonb
language sql stable
set search_path = ''
as $$
  select private.customer_fields(p_customer) || jsonb_build_object(
    'source', p_customer.source,
    'createdByUserId', p_customer.created_by_user_id,
    'createdByUserName', p_customer.created_by_user_name,
    'createdAt', private.utc_text(p_customer.created_at),
    'lastSeenAt', private.utc_text(p_customer.last_seen_at),
    'conversationCount', p_customer.conversation_count,
    'viewCount', p_customer.view_count)
$$;

-- Writes some fields of a customer, given by their names in shared/domain.
create function private.write_customer_fields(p_company uuid, p_customer uuid, p_values jsonb)
returns void
language sql volatile
set search_path = ''
as $$
  update public.customers c
     set customer_name = case when p_values ? 'name' then p_values ->> 'name' else c.customer_name end,
         customer_email = case when p_values ? 'email' then p_values ->> 'email' else c.customer_email end,
         customer_phone = case when p_values ? 'phone' then p_values ->> 'phone' else c.customer_phone end,
         customer_address = case when p_values ? 'address' then p_values ->> 'address' else c.customer_address end,
         customer_website = case when p_values ? 'website' then p_values ->> 'website' else c.customer_website end,
         customer_notes = case when p_values ? 'notes' then p_values ->> 'notes' else c.customer_notes end,
         tags = case when p_values ? 'tags' then array(select jsonb_array_elements_text(p_values -> 'tags')) else c.tags end,
         owner_id = case when p_values ? 'ownerId' then (p_values ->> 'ownerId')::uuid else c.owner_id end,
         last_seen_at = case when p_values ? 'lastSeenAt' then (p_values ->> 'lastSeenAt')::timestamptz else c.last_seen_at end,
         view_count = case when p_values ? 'viewCount' then (p_values ->> 'viewCount')::integer else c.view_count end
   where c.company_id = p_company and c.id = p_customer and p_values <> '{}'
$$;

-- The value of one field after a merge. p_images: the target's image first, then the sources', as
-- {"id", "image"}. Choices: {"from": customer id}, {"value": typed}, {"combine": true}; without
-- one, the target's value, else the first source's that has one; tags are joined.
create function private.chosen_value(p_field text, p_choice jsonb, p_images jsonb)
returns jsonb
language plpgsql immutable
set search_path = ''
as $$
declare
  v_value jsonb;
begin
  if p_choice is null and p_field <> 'tags' then
    select i -> 'image' -> p_field into v_value
      from jsonb_array_elements(p_images) with ordinality as images (i, ord)
     where i -> 'image' ->> p_field is not null
     order by ord limit 1;
    return coalesce(v_value, 'null');
  end if;
  if p_choice ? 'from' then
    select i -> 'image' -> p_field into v_value
      from jsonb_array_elements(p_images) as images (i)
     where i ->> 'id' = lower(p_choice ->> 'from');
    if found then
      return v_value;
    end if;
    raise exception 'The value of "%" is wanted from a customer that is not part of this merge.', p_field
      using errcode = '22023';
  end if;
  if p_choice ? 'value' then
    v_value := p_choice -> 'value';
    if p_field = 'tags' and jsonb_typeof(v_value) = 'array'
       or p_field <> 'tags' and jsonb_typeof(v_value) in ('string', 'null') then
      return case when v_value = '""' then 'null' else v_value end;
    end if;
    raise exception 'The value typed for "%" is of the wrong kind.', p_field using errcode = '22023';
  end if;
  if p_choice is null or p_choice -> 'combine' = 'true' then
    if p_field = 'tags' then
      select coalesce(jsonb_agg(tag order by first), '[]') into v_value
        from (select tag, min(ord * 1000 + place) as first
                from jsonb_array_elements(p_images) with ordinality as images (i, ord)
               cross join lateral jsonb_array_elements_text(i -> 'image' -> 'tags') with ordinality as tags (tag, place)
               group by tag) each_tag;
      return v_value;
    end if;
    if p_field in ('notes', 'address') then
      select to_jsonb(string_agg(text, case p_field when 'notes' then E'\n\n' else '; ' end order by first)) into v_value
        from (select i -> 'image' ->> p_field as text, min(ord) as first
                from jsonb_array_elements(p_images) with ordinality as images (i, ord)
               where i -> 'image' ->> p_field is not null
               group by 1) each_text;
      return coalesce(v_value, 'null');
    end if;
    raise exception 'Only notes, addresses and tags can be combined; choose one value for "%".', p_field
      using errcode = '22023';
  end if;
  raise exception 'The choice for "%" is not understood. Update the app.', p_field using errcode = '22023';
end
$$;

-- Merges p_sources into p_target, once for each p_merge: a repeat, from whatever device, answers
-- "already" and writes nothing. Merges made offline come late, so that the target may have been
-- merged meanwhile: its chain is followed. A source that is in the target already is skipped.
--
-- Returns {"status": "applied" | "already", "merge", "target", "sources"}.
-- Errors: 42501 (role), 22023 (choices), P0002 (no such customer), 55000 (deleted, erased, or merged
-- into somebody else meanwhile), 23514 and 23503 (a value that breaks a rule).
create function private.apply_merge(
  p_company uuid, p_merge uuid, p_target uuid, p_sources uuid[], p_choices jsonb,
  p_merged_at timestamptz default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_fields constant text[] := private.customer_field_names();
  v_choices jsonb := coalesce(p_choices, '{}');
  v_sources uuid[] := array(select s from unnest(p_sources) with ordinality as t (s, ord) group by s order by min(ord));
  v_known public.customer_merges;
  v_target uuid;
  v_target_row public.customers;
  v_row public.customers;
  v_images jsonb;
  v_before jsonb;
  v_values jsonb := '{}';
  v_value jsonb;
  v_source uuid;
  v_relation regclass;
  v_once_by text[];
  v_constraint text;
  v_column text;
  v_state text;
begin
  perform private.require_role(p_company, '{owner,manager}', 'merge customers');
  if p_merge is null or p_target is null or array_position(v_sources, null) is not null
     or cardinality(v_sources) not between 1 and 50 then
    raise exception 'Name the customer to keep and between 1 and 50 others to merge into it.' using errcode = '22023';
  end if;
  if p_target = any (v_sources) then
    raise exception 'A customer can''t be merged into itself.' using errcode = '22023';
  end if;
  if jsonb_typeof(v_choices) <> 'object' or v_choices - v_fields <> '{}' then
    raise exception 'The choices name a field that this server doesn''t know. Update the app.' using errcode = '22023';
  end if;

  -- One at a time for each id; the repeat then finds what the first one did.
  perform pg_advisory_xact_lock(hashtextextended('merge ' || p_merge, 0));
  select * into v_known from public.customer_merges m where m.id = p_merge;
  if found then
    if v_known.company_id <> p_company then
      raise exception 'This merge can''t be told from another one. Merge again.' using errcode = '22023';
    end if;
    return jsonb_build_object('status', 'already', 'merge', p_merge, 'target', v_known.target_customer_id, 'sources', (
      select coalesce(jsonb_agg(s.source_customer_id order by s.source_customer_id), '[]')
        from public.customer_merge_sources s where s.company_id = p_company and s.merge_id = p_merge));
  end if;

  -- Lock everybody in id order, then look again where the target lives: it may have moved while we waited.
  loop
    v_target := private.live_end(p_company, p_target);
    perform from public.customers c
      where c.company_id = p_company and c.id = any (v_sources || v_target) order by c.id for update;
    exit when v_target is not distinct from private.live_end(p_company, p_target);
  end loop;
  select * into v_target_row from public.customers c where c.company_id = p_company and c.id = v_target;
  if not found then
    raise exception 'The customer to keep is not in this company any more.' using errcode = 'P0002';
  end if;
  if v_target_row.erased_at is not null then
    raise exception 'The customer to keep was erased for good.' using errcode = '55000';
  end if;
  if v_target_row.deleted_at is not null then
    raise exception 'The customer to keep was deleted. Restore it, then merge again.' using errcode = '55000';
  end if;

  v_before := private.customer_image(v_target_row);
  v_images := jsonb_build_array(jsonb_build_object('id', p_target, 'image', v_before));
  if v_target <> p_target then
    v_images := v_images || jsonb_build_object('id', v_target, 'image', v_before);
  end if;
  foreach v_source in array v_sources loop
    select * into v_row from public.customers c where c.company_id = p_company and c.id = v_source;
    if not found then
      raise exception 'A customer to merge is not in this company any more.' using errcode = 'P0002';
    end if;
    if v_source = v_target or private.live_end(p_company, v_source) = v_target then
      v_sources := array_remove(v_sources, v_source);
      -- A choice may still name it: its value was, or is, the target's.
      v_images := v_images || jsonb_build_object('id', v_source, 'image', case when v_source = v_target then v_before else private.customer_image(v_row) end);
      continue;
    end if;
    if v_row.erased_at is not null or v_row.deleted_at is not null then
      raise exception '%', case
        when v_row.erased_at is not null then 'A customer to merge was erased for good.'
        when v_row.merged_into is not null then 'A customer to merge was merged into another one meanwhile. Look at it again.'
        else 'A customer to merge was deleted. Restore it, then merge again.'
      end using errcode = '55000';
    end if;
    v_images := v_images || jsonb_build_object('id', v_source, 'image', private.customer_image(v_row));
    v_values := v_values || jsonb_build_object(
      'viewCount', coalesce((v_values ->> 'viewCount')::integer, v_target_row.view_count) + v_row.view_count,
      'lastSeenAt', private.utc_text(
        greatest((v_values ->> 'lastSeenAt')::timestamptz, v_target_row.last_seen_at, v_row.last_seen_at)));
  end loop;
  if v_sources = '{}' then
    return jsonb_build_object('status', 'already', 'merge', null, 'target', v_target, 'sources', '[]'::jsonb);
  end if;

  for v_column in select unnest(v_fields) loop
    v_value := private.chosen_value(v_column, v_choices -> v_column, v_images);
    v_values := v_values || jsonb_build_object(v_column, v_value);
  end loop;
  -- Only what really changes.
  select coalesce(jsonb_object_agg(key, value), '{}') into v_values
    from jsonb_each(v_values) where value is distinct from v_before -> key;

  insert into public.customer_merges (
    id, company_id, target_customer_id, field_choices, before_image, field_changes,
    merged_by_user_id, merged_by_user_name, merged_at)
  values (
    p_merge, p_company, v_target, v_choices, v_before,
    (select coalesce(jsonb_object_agg(key, jsonb_build_object('from', v_before -> key, 'to', value)), '{}') from jsonb_each(v_values)),
    auth.uid(), private.my_display_name(p_company), least(greatest(coalesce(p_merged_at, now()), '2000-01-01Z'), now()));
  insert into public.customer_merge_sources (company_id, merge_id, source_customer_id, before_image)
  select p_company, p_merge, c.id, private.customer_image(c)
    from public.customers c
   where c.company_id = p_company and c.id = any (v_sources);

  perform set_config('tradesphere.merge_moves_rows', 'on', true);
  for v_relation, v_once_by in select f.relation, f.once_by from private.customer_followers() f loop
    foreach v_source in array v_sources loop
      execute format(
        'with moved as (
           update %1$s r set customer_id = $3
            where r.company_id = $1 and r.customer_id = $2
              and not exists (select from %1$s other where other.customer_id = $3 and %2$s)
           returning r.id, %3$s as contact
         )
         insert into private.merge_moves (company_id, merge_id, source_customer_id, relation, row_id, contact)
         select $1, $4, $2, $5, id, contact from moved',
        v_relation,
        coalesce((select string_agg(format('other.%1$I is not distinct from r.%1$I', c), ' and ') from unnest(v_once_by) as o (c)), 'false'),
        case when v_relation = 'public."VC Usage"'::regclass then
          'jsonb_build_object(''name'', r.customer_name, ''email'', r.customer_email, ''phone'', r.customer_phone, ''address'', r.customer_address)'
        else 'null::jsonb' end)
        using p_company, v_source, v_target, p_merge, v_relation::text;
    end loop;
  end loop;
  perform set_config('tradesphere.merge_moves_rows', 'off', true);

  -- The sources first: an identity leaves before it arrives at the target.
  update public.customers c
     set merged_into = v_target, deleted_at = now()
   where c.company_id = p_company and c.id = any (v_sources);
  begin
    perform private.write_customer_fields(p_company, v_target, v_values);
  exception when check_violation or not_null_violation or foreign_key_violation or data_exception then
    get stacked diagnostics v_state = returned_sqlstate, v_constraint = constraint_name, v_column = column_name;
    raise exception '%', private.verdict_of_error(
      p_company, p_merge, 'update', v_state, sqlerrm, v_constraint, v_column) ->> 'message'
      using errcode = v_state;
  end;
  perform private.write_audit(p_company, v_target, 'merged', jsonb_build_object(
    'mergeId', jsonb_build_object('from', null, 'to', p_merge),
    'sources', jsonb_build_object('from', null, 'to', to_jsonb(v_sources))));
  return jsonb_build_object('status', 'applied', 'merge', p_merge, 'target', v_target, 'sources', to_jsonb(v_sources));
end
$$;

revoke execute on function
  private.customer_image(public.customers), private.write_customer_fields(uuid, uuid, jsonb),
  private.chosen_value(text, jsonb, jsonb),
  private.apply_merge(uuid, uuid, uuid, uuid[], jsonb, timestamptz)
  from public, anon, authenticated, service_role;
-- It asks for the role itself, so that the RPC below and sync_push may call it.
grant execute on function private.apply_merge(uuid, uuid, uuid, uuid[], jsonb, timestamptz) to authenticated;

-- Merges customers: owners and managers. p_merge is the client's own id of this merge, so that a
-- lost answer can be asked for again; left out, each call is a merge of its own.
create function public.merge_customers(
  p_company uuid, p_target uuid, p_sources uuid[], p_choices jsonb default '{}', p_merge uuid default null)
returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.apply_merge(p_company, coalesce(p_merge, gen_random_uuid()), p_target, p_sources, p_choices)
$$;
revoke execute on function public.merge_customers(uuid, uuid, uuid[], jsonb, uuid) from public, anon;
grant execute on function public.merge_customers(uuid, uuid, uuid[], jsonb, uuid) to authenticated;
