-- Undoing a merge (SPEC DB-6), at once or weeks later, in any order.
--
-- * Sources come back as they were. (Nothing edits a merged customer, so its row is its image.)
-- * A row that this merge moved returns if it is where this merge put it, or where later merges took
--   it from there; one that somebody moved by hand since stays. What arrived after the merge stays
--   with the target: nobody can know whom it was for.
-- * A field of the target that still holds the merged value gets its old one back; edited since, it
--   stays. A later merge of the same target that remembers the merged value as "before" is told the
--   older value, so that the order of undoing doesn't matter.
-- * Undoing an inner merge (A into B) while an outer one (B into C) stands takes A's rows out of C,
--   and the outer merge forgets them. What C took over into its own fields from B stays at C.

create function private.undo_merge(p_company uuid, p_merge uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_merge public.customer_merges;
  v_sources uuid[];
  v_end uuid;
  v_relation text;
  v_now jsonb;
  v_field text;
  v_change jsonb;
  v_later uuid;
  v_values jsonb := '{}';
  v_originals jsonb;
begin
  perform private.require_role(p_company, '{owner,manager}', 'undo merges');
  select * into v_merge from public.customer_merges m where m.company_id = p_company and m.id = p_merge for update;
  if not found then
    raise exception 'There is no such merge in this company.' using errcode = 'P0002';
  end if;
  select array_agg(s.source_customer_id order by s.source_customer_id) into v_sources
    from public.customer_merge_sources s where s.company_id = p_company and s.merge_id = p_merge;
  if v_merge.undone_at is not null then
    return jsonb_build_object('status', 'already', 'merge', p_merge, 'target', v_merge.target_customer_id, 'sources', to_jsonb(v_sources));
  end if;

  loop
    v_end := private.live_end(p_company, v_merge.target_customer_id);
    perform from public.customers c
      where c.company_id = p_company and c.id = any (v_sources || v_merge.target_customer_id || v_end)
      order by c.id for update;
    exit when v_end = private.live_end(p_company, v_merge.target_customer_id);
  end loop;
  if exists (
    select from public.customers c
     where c.company_id = p_company and c.erased_at is not null and c.id = any (v_sources || v_merge.target_customer_id)
  ) then
    raise exception 'A customer of this merge was erased for good, so that it can''t be undone.' using errcode = '55000';
  end if;

  -- The target's fields first: an identity leaves it before it arrives at a source.
  select private.customer_image(c) into v_now
    from public.customers c where c.company_id = p_company and c.id = v_merge.target_customer_id;
  for v_field, v_change in select key, value from jsonb_each(v_merge.field_changes) loop
    -- An owner who has left the company can't come back this way.
    if v_field = 'ownerId' and not exists (
      select from public.company_members m
       where m.company_id = p_company and m.user_id = (v_change ->> 'from')::uuid
    ) then
      v_change := jsonb_set(v_change, '{from}', 'null');
    end if;
    if v_field = 'viewCount' then
      -- A count goes back by what the merge added, whatever was counted since.
      v_values := v_values || jsonb_build_object('viewCount', greatest(
        (v_now ->> 'viewCount')::integer - ((v_change ->> 'to')::integer - (v_change ->> 'from')::integer), 0));
      continue;
    end if;
    if v_now -> v_field = v_change -> 'to' then
      v_values := v_values || jsonb_build_object(v_field, v_change -> 'from');
    end if;
    -- The next merge of this target that changed the field.
    select m.id into v_later
      from public.customer_merges m
     where m.company_id = p_company and m.target_customer_id = v_merge.target_customer_id
       and m.undone_at is null and m.seq > v_merge.seq and m.field_changes ? v_field
     order by m.seq limit 1;
    update public.customer_merges m
       set field_changes = jsonb_set(m.field_changes, array[v_field, 'from'], v_change -> 'from')
     where m.company_id = p_company and m.id = v_later and m.field_changes -> v_field -> 'from' = v_change -> 'to';
  end loop;
  perform private.write_customer_fields(p_company, v_merge.target_customer_id, v_values);

  update public.customers c
     set merged_into = null, deleted_at = null
   where c.company_id = p_company and c.id = any (v_sources);

  -- What the conversations said before any customer was written over them; the move below makes the
  -- sync forget it.
  select coalesce(jsonb_agg(to_jsonb(k)), '[]') into v_originals
    from private.chat_contact_originals k
    join private.merge_moves v on v.row_id = k.chat_id and v.relation = 'public."VC Usage"'
   where k.company_id = p_company and v.company_id = p_company and v.merge_id = p_merge;
  perform set_config('tradesphere.merge_moves_rows', 'on', true);
  for v_relation in
    select distinct v.relation from private.merge_moves v where v.company_id = p_company and v.merge_id = p_merge order by 1
  loop
    -- Gone with a rollback of its migration.
    continue when to_regclass(v_relation) is null;
    execute format(
      'with ours as (
         select v.seq, v.row_id, v.source_customer_id, v.contact
           from private.merge_moves v
          where v.company_id = $1 and v.merge_id = $2 and v.relation = $3
       ),
       back as (
         update %1$s r set customer_id = ours.source_customer_id %2$s
           from ours %3$s
          where r.company_id = $1 and r.id = ours.row_id and r.customer_id = $4
         returning r.id
       )
       delete from private.merge_moves v
        using ours join back on back.id = ours.row_id
        where v.relation = $3 and v.row_id = ours.row_id and v.seq > ours.seq',
      to_regclass(v_relation),
      -- Contact columns that a customer was written over become the source's again; a conversation
      -- that has spoken for itself since (no original is kept) keeps what it said.
      case when v_relation = 'public."VC Usage"' then
        ', customer_name = case when k.chat_id is null then r.customer_name else ours.contact ->> ''name'' end,
           customer_email = case when k.chat_id is null then r.customer_email else ours.contact ->> ''email'' end,
           customer_phone = case when k.chat_id is null then r.customer_phone else ours.contact ->> ''phone'' end,
           customer_address = case when k.chat_id is null then r.customer_address else ours.contact ->> ''address'' end' end,
      case when v_relation = 'public."VC Usage"' then
        'left join private.chat_contact_originals k on k.company_id = $1 and k.chat_id = ours.row_id' end)
      using p_company, p_merge, v_relation, v_end;
  end loop;
  perform set_config('tradesphere.merge_moves_rows', 'off', true);
  insert into private.chat_contact_originals
  select k.*
    from jsonb_populate_recordset(null::private.chat_contact_originals, v_originals) k
    join public."VC Usage" h on h.company_id = p_company and h.id = k.chat_id
   where (h.customer_name, h.customer_email, h.customer_phone, h.customer_address)
         is distinct from (k.customer_name, k.customer_email, k.customer_phone, k.customer_address)
      on conflict do nothing;
  delete from private.merge_moves v where v.company_id = p_company and v.merge_id = p_merge;

  update public.customer_merges m
     set undone_at = now(), undone_by_user_id = auth.uid()
   where m.company_id = p_company and m.id = p_merge;
  perform private.write_audit(p_company, v_merge.target_customer_id, 'unmerged', jsonb_build_object(
    'mergeId', jsonb_build_object('from', p_merge, 'to', null),
    'sources', jsonb_build_object('from', to_jsonb(v_sources), 'to', null)));
  return jsonb_build_object('status', 'undone', 'merge', p_merge, 'target', v_merge.target_customer_id, 'sources', to_jsonb(v_sources));
end
$$;
revoke execute on function private.undo_merge(uuid, uuid) from public, anon, service_role;
-- It asks for the role itself.
grant execute on function private.undo_merge(uuid, uuid) to authenticated;

-- Undoes a merge: owners and managers.
-- Returns {"status": "undone" | "already", "merge", "target", "sources"}.
create function public.unmerge_customers(p_company uuid, p_merge uuid)
returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.undo_merge(p_company, p_merge)
$$;
revoke execute on function public.unmerge_customers(uuid, uuid) from public, anon;
grant execute on function public.unmerge_customers(uuid, uuid) to authenticated;
