-- The gap-free pull (SPEC SY-3, shared/sync-protocol/pull.ts).
--
-- Transactions commit in another order than they start in, so a cursor over a timestamp, a sequence
-- or a bare transaction id skips rows that commit late (measured with 16 writers: up to half of
-- them). Here a round is bounded by two snapshots: it takes the rows that `prev`, the snapshot of
-- the round before, did not see and that `upto`, taken when the round starts, does see. What was
-- open at `upto` is found by the next round, however long it stays open. Inside a round the pages
-- walk (rev, id).

-- The wire form of a customer, once; inlined into the plans of pull and push. Explicit columns are
-- 2.5 times as fast as to_jsonb(row), row_to_json is 1.7 times as fast as json_build_object (measured),
-- and a new column never leaks by itself.
create view private.customer_wire
with (security_invoker = true)
as
select c.id,
       c.company_id,
       c.rev,
       row_to_json(w) as wire
  from public.customers c
 cross join lateral (
   select c.id as "id",
          c.company_id as "companyId",
          c.customer_name as "name",
          c.customer_email as "email",
          c.customer_phone as "phone",
          c.customer_address as "address",
          c.customer_website as "website",
          c.customer_notes as "notes",
          c.tags as "tags",
          c.source as "source",
          c.owner_id as "ownerId",
          c.created_by_user_id as "createdByUserId",
          c.created_by_user_name as "createdByUserName",
          to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt",
          to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "updatedAt",
          to_char(c.last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "lastSeenAt",
          c.conversation_count as "conversationCount",
          c.view_count as "viewCount",
          to_char(c.deleted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "deletedAt",
          c.merged_into as "mergedInto",
          to_char(c.erased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "erasedAt",
          to_char(c.flagged_erased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "flaggedErasedAt",
          c.field_edits as "fieldEdits",
          c.rev::text as "rev"
 ) w;
grant select on private.customer_wire to authenticated;

-- STABLE: one snapshot for the whole answer, so that the rows, `upto` and `total` agree.
create function public.sync_pull(
  p_company uuid,
  p_collection text,
  p_checkpoint jsonb default null,
  p_limit integer default 1000
)
returns json
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  c_nil constant uuid := '00000000-0000-0000-0000-000000000000';
  v_epoch text := private.sync_epoch();
  v_limit integer := least(greatest(coalesce(p_limit, 1000), 1), 5000);
  v_now text := to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  v_current pg_snapshot := pg_current_snapshot();
  v_prev pg_snapshot;
  v_upto pg_snapshot;
  v_after_rev xid8;
  v_after_id uuid;
  v_rows json;
  v_count integer;
  v_last_rev text;
  v_last_id uuid;
  v_first boolean;
  v_total bigint;
begin
  if p_company is null or not p_company = any (private.my_company_ids()) then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  if p_collection is distinct from 'customers' then
    raise exception 'There is no collection of this name to pull. Update the app.' using errcode = '22023';
  end if;

  begin
    v_prev := coalesce((p_checkpoint ->> 'prev')::pg_snapshot, '1:1:'::pg_snapshot);
    v_upto := (p_checkpoint ->> 'upto')::pg_snapshot;
    v_after_rev := coalesce((p_checkpoint ->> 'rev')::xid8, '0'::xid8);
    v_after_id := coalesce((p_checkpoint ->> 'id')::uuid, c_nil);
    if jsonb_typeof(p_checkpoint) not in ('object', 'null') then
      raise invalid_parameter_value;
    end if;
  exception when data_exception then
    raise exception 'This is not a checkpoint that the server gave out. Pull from the beginning.'
      using errcode = '22023';
  end;

  -- Another epoch, or a snapshot of the future (a restore without a new epoch): start over.
  if coalesce(p_checkpoint ->> 'epoch', v_epoch) <> v_epoch
     or pg_snapshot_xmax(v_prev) > pg_snapshot_xmax(v_current)
     or pg_snapshot_xmax(v_upto) > pg_snapshot_xmax(v_current) then
    return json_build_object(
      'protocol', 1, 'epoch', v_epoch, 'reset', true, 'rows', '[]'::json, 'checkpoint', json_build_object('epoch', v_epoch),
      'more', true, 'total', null, 'serverTime', v_now);
  end if;

  v_first := p_checkpoint ->> 'prev' is null and p_checkpoint ->> 'upto' is null;
  v_upto := coalesce(v_upto, v_current);

  select json_agg(page.wire order by page.rev, page.id),
         count(*),
         (array_agg(page.rev::text order by page.rev, page.id))[count(*)],
         (array_agg(page.id order by page.rev, page.id))[count(*)]
    into v_rows, v_count, v_last_rev, v_last_id
    from (
      select w.wire, w.rev, w.id
        from private.customer_wire w
       where w.company_id = p_company
         -- Everything below the oldest transaction that `prev` saw running has been delivered.
         and (w.rev, w.id) > (greatest(v_after_rev, pg_snapshot_xmin(v_prev)), v_after_id)
         and not pg_visible_in_snapshot(w.rev, v_prev)
         and pg_visible_in_snapshot(w.rev, v_upto)
       order by w.rev, w.id
       limit v_limit
    ) page;

  if v_first then
    select count(*)
      into v_total
      from public.customers c
     where c.company_id = p_company;
  end if;

  return json_build_object(
    'protocol', 1,
    'epoch', v_epoch,
    'reset', false,
    'rows', coalesce(v_rows, '[]'::json),
    -- A full page: go on in this round. A short one: the round is over, its end is the next one's start.
    'checkpoint', case
      when v_count = v_limit then json_build_object(
        'epoch', v_epoch, 'prev', p_checkpoint -> 'prev', 'upto', v_upto::text, 'rev', v_last_rev, 'id', v_last_id)
      else json_build_object('epoch', v_epoch, 'prev', v_upto::text)
    end,
    'more', v_count = v_limit,
    'total', v_total,
    'serverTime', v_now);
end
$$;
revoke execute on function public.sync_pull(uuid, text, jsonb, integer) from public, anon;
grant execute on function public.sync_pull(uuid, text, jsonb, integer) to authenticated, service_role;
