-- How one wave of mutations is judged and applied: the heart of sync_push.
--
-- A wave holds at most one mutation a customer, already parsed to jsonb. Membership in the arrays
-- below is asked by `in (select unnest(…))`, which hashes; `= any (…)` walks the array for each row.
-- Values are taken out of the JSON in MATERIALIZED parts: under row-level security a join on
-- `(e ->> 'id')::uuid` is not leakproof and can use neither an index nor a hash (20 times slower). All of it is done by a
-- handful of set-based statements; anything that a constraint or a policy throws goes up to
-- sync_push, which then sends the mutations through here one by one.

-- The sentence for an action the role matrix forbids; the same as in
-- shared/permissions/customer-permissions.ts.
create function private.forbidden_sentence(p_company uuid, p_op text)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when r.role is null then 'You are not a member of this company.'
    when r.role = 'sales' and p_op = 'update' then 'Sales can only edit customers they own or created.'
    else format('%s can''t %s customers in this company.', initcap(r.role::text),
                case p_op when 'update' then 'edit' when 'create' then 'create' else 'delete' end)
  end
  from (select private.my_role(p_company) as role) r
$$;

create function private.verdict_rejected(p_mutation_id uuid, p_code text, p_message text, p_field text default null)
returns json
language sql immutable
set search_path = ''
as $$
  select json_build_object(
    'status', 'rejected', 'mutationId', p_mutation_id, 'code', p_code, 'message', p_message, 'field', p_field)
$$;

-- Returns a verdict for each element of p_mutations, in its order. Throws what Postgres throws.
create function private.apply_customer_mutations(p_company uuid, p_mutations jsonb[])
returns json[]
language plpgsql security invoker
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_role public.member_role := private.my_role(p_company);
  v_mutation_ids uuid[] := array(select (e ->> 'mutationId')::uuid from unnest(p_mutations) as m (e));
  v_claimed uuid[];
  v_refused jsonb := '{}';
  v_ids uuid[];
  v_locked uuid[] := '{}';
  v_applied uuid[] := '{}';
  v_some uuid[];
  v_ops text[];
  v_undoes jsonb[];
  v_verdicts json[];
  v_kept integer;
begin
  -- 1. Claim the ids in the ledger. A concurrent push of the same mutation waits here until the
  --    first one ends, then finds its verdict. In id order, against deadlocks.
  with claimed as (
    insert into private.judged_mutations (user_id, mutation_id, company_id, record_id)
    select v_user, (e ->> 'mutationId')::uuid, p_company, (e ->> 'id')::uuid
      from unnest(p_mutations) as m (e)
     order by 2
        on conflict do nothing
    returning mutation_id, record_id
  )
  select coalesce(array_agg(mutation_id), '{}'), coalesce(array_agg(record_id), '{}')
    into v_claimed, v_ids
    from claimed;
  if cardinality(v_claimed) < cardinality(p_mutations) then
    select coalesce(jsonb_object_agg(j.mutation_id, j.refusal), '{}')
      into v_refused
      from private.judged_mutations j
     where j.user_id = v_user
       and j.mutation_id in (select unnest(v_mutation_ids))
       and j.refusal is not null;
  end if;
  select array_agg(distinct e ->> 'op') into v_ops from unnest(p_mutations) as m (e);

  -- 2. Lock the rows this user may edit (FOR UPDATE applies the policy of UPDATE), in id order.
  --    A row that is visible but not locked is one that this user may not edit.
  if v_ops && '{update,delete,restore}' then
    select coalesce(array_agg(l.id), '{}')
      into v_locked
      from (
        select c.id
          from public.customers c
         where c.company_id = p_company and c.id in (select unnest(v_ids))
         order by c.id
           for no key update
      ) l;
  end if;

  -- 3. Creations.
  if 'create' = any (v_ops) then
    with made as (
      insert into public.customers (
        id, company_id, customer_name, customer_email, customer_phone, customer_address, customer_website,
        customer_notes, tags, owner_id, source, created_at)
      select (e ->> 'id')::uuid,
             p_company,
             e #>> '{changes,name}',
             e #>> '{changes,email}',
             e #>> '{changes,phone}',
             e #>> '{changes,address}',
             e #>> '{changes,website}',
             e #>> '{changes,notes}',
             case
               when jsonb_typeof(e #> '{changes,tags}') is distinct from 'null' and e -> 'changes' ? 'tags'
                 then array(select jsonb_array_elements_text(e #> '{changes,tags}'))
               else '{}'
             end,
             (e #>> '{changes,ownerId}')::uuid,
             e ->> 'source',
             coalesce((e ->> 'createdAt')::timestamptz, now())
        from unnest(p_mutations) as m (e)
       where e ->> 'op' = 'create' and (e ->> 'mutationId')::uuid in (select unnest(v_claimed))
       order by 1
          on conflict do nothing
      returning id
    )
    select coalesce(array_agg(id), '{}') into v_applied from made;
  end if;

  -- 4. Updates, where every field of the base still holds.
  if 'update' = any (v_ops) then
    with m as materialized (
      select (e ->> 'id')::uuid as id,
             (e ->> 'editedAt')::timestamptz as edited_at,
             e -> 'times' as times,
             (e ->> 'importId')::uuid as import_id,
             e -> 'base' as base,
             e -> 'changes' as ch
        from unnest(p_mutations) as u (e)
       where e ->> 'op' = 'update' and (e ->> 'mutationId')::uuid in (select unnest(v_claimed))
    ),
    changed as (
      update public.customers c
         set customer_name = case when ch ? 'name' then ch ->> 'name' else c.customer_name end,
             customer_email = case when ch ? 'email' then ch ->> 'email' else c.customer_email end,
             customer_phone = case when ch ? 'phone' then ch ->> 'phone' else c.customer_phone end,
             customer_address = case when ch ? 'address' then ch ->> 'address' else c.customer_address end,
             customer_website = case when ch ? 'website' then ch ->> 'website' else c.customer_website end,
             customer_notes = case when ch ? 'notes' then ch ->> 'notes' else c.customer_notes end,
             tags = case when ch ? 'tags' then array(select jsonb_array_elements_text(ch -> 'tags')) else c.tags end,
             owner_id = case when ch ? 'ownerId' then (ch ->> 'ownerId')::uuid else c.owner_id end,
             edited_at = m.edited_at,
             edit_times = m.times,
             edit_import = m.import_id
        from m
       where c.company_id = p_company
         and c.id = m.id
         and c.id in (select unnest(v_locked))
         and c.deleted_at is null
         and not exists (
           select from jsonb_each(private.customer_fields(c)) f
            where base ? f.key and f.value <> case base -> f.key when '""' then 'null' else base -> f.key end)
      returning c.id
    )
    select coalesce(array_agg(id), '{}') into v_some from changed;
    v_applied := v_applied || v_some;
  end if;

  -- 5. Deletions and restorations: owners only (the stamp trigger refuses anybody else, too), but for
  --    what undoes an import.
  if v_ops && '{delete,restore}' and v_role = 'owner' then
    with m as materialized (
      select (e ->> 'id')::uuid as id, e ->> 'op' as op, (e ->> 'editedAt')::timestamptz as edited_at
        from unnest(p_mutations) as u (e)
       where e ->> 'op' in ('delete', 'restore') and e ->> 'importId' is null
         and (e ->> 'mutationId')::uuid in (select unnest(v_claimed))
    ),
    changed as (
      update public.customers c
         set deleted_at = case when m.op = 'restore' then null else coalesce(c.deleted_at, now()) end,
             edited_at = m.edited_at
        from m
       where c.company_id = p_company
         and c.id = m.id
         and c.id in (select unnest(v_locked))
         and (m.op = 'delete' or c.merged_into is null)
      returning c.id
    )
    select coalesce(array_agg(id), '{}') into v_some from changed;
    v_applied := v_applied || v_some;
  end if;

  v_undoes := array(
    select e from unnest(p_mutations) as u (e)
     where e ->> 'op' = 'delete' and e ->> 'importId' is not null
       and (e ->> 'mutationId')::uuid in (select unnest(v_claimed)));
  if v_undoes <> '{}' then
    v_applied := v_applied || private.take_back_imported(p_company, v_undoes);
  end if;

  -- 6. The verdicts. `applied` is by customer: a wave has one mutation for each.
  with m as materialized (
    select ord,
           e ->> 'op' as op,
           e ->> 'op' = 'delete' and e ->> 'importId' is not null as undoes_import,
           (e ->> 'id')::uuid as id,
           (e ->> 'mutationId')::uuid as mutation_id
      from unnest(p_mutations) with ordinality as u (e, ord)
  ),
  judged as (
    select m.*,
           -- What was judged before keeps its verdict.
           v_refused -> m.mutation_id::text as before,
           m.mutation_id not in (select unnest(v_claimed)) or m.id in (select unnest(v_applied)) as applied,
           w.wire
      from m
      -- One look-up a row whatever the statistics say: a plan made for a table that has just grown
      -- would build the wire form of every customer of the company (1 s at 100,000).
      left join lateral (
        select c.wire from private.customer_wire c where c.company_id = p_company and c.id = m.id offset 0
      ) w on true
  )
  select array_agg(
           case
             when j.before ->> 'status' = 'rejected' then j.before::json
             when j.wire is null then case
               when j.op = 'create' then private.verdict_rejected(
                 j.mutation_id, 'id_in_use', 'This id is taken. Make the customer again.')
               else private.verdict_rejected(
                 j.mutation_id, 'not_found', 'This customer is not in this company any more.')
             end
             when j.before is not null then json_build_object('status', 'conflict', 'mutationId', j.mutation_id, 'row', j.wire)
             when j.applied then json_build_object('status', 'applied', 'mutationId', j.mutation_id, 'row', j.wire)
             when j.undoes_import then private.verdict_rejected(
               j.mutation_id, 'forbidden', private.forbidden_undo_sentence(p_company))
             when j.op in ('delete', 'restore') and v_role is distinct from 'owner'
               or j.op <> 'create' and j.id not in (select unnest(v_locked)) then private.verdict_rejected(
                 j.mutation_id, 'forbidden', private.forbidden_sentence(p_company, j.op))
             else json_build_object('status', 'conflict', 'mutationId', j.mutation_id, 'row', j.wire)
           end order by j.ord)
    into v_verdicts
    from judged j;

  -- 7. What did not apply must not be judged anew: a copy of it may come when its base holds again.
  if cardinality(v_applied) < cardinality(v_claimed) then
    with refused as materialized (
      select (v ->> 'mutationId')::uuid as mutation_id,
             case v ->> 'status' when 'conflict' then '{"status": "conflict"}'::jsonb else v::jsonb end as refusal
        from unnest(v_verdicts) as u (v)
       where v ->> 'status' <> 'applied'
    )
    update private.judged_mutations j
       set refusal = r.refusal
      from refused r
     where j.user_id = v_user
       and j.mutation_id = r.mutation_id
       and j.mutation_id in (select unnest(v_claimed))
       and j.record_id not in (select unnest(v_applied));
    get diagnostics v_kept = row_count;
    if v_kept < cardinality(v_claimed) - cardinality(v_applied) then
      -- Put out since the claim, which must not stay: it would say that all of this was applied.
      raise insufficient_privilege using message = 'You are not a member of this company.';
    end if;
  end if;
  return v_verdicts;
end
$$;

revoke execute on function
  private.forbidden_sentence(uuid, text),
  private.verdict_rejected(uuid, text, text, text),
  private.apply_customer_mutations(uuid, jsonb[])
  from public, anon;
grant execute on function
  private.forbidden_sentence(uuid, text),
  private.verdict_rejected(uuid, text, text, text),
  private.apply_customer_mutations(uuid, jsonb[])
  to authenticated, service_role;
