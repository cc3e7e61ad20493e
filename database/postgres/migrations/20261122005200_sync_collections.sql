-- The gap-free pull (SPEC SY-3, shared/sync-protocol/collections.ts): one cursor, and for each collection
-- a view with the columns that go over the wire. A view has (id, company_id, rev, wire), runs with the
-- caller's rights and names its columns: a new column never leaks by itself.
--
-- Transactions commit in another order than they start in, so a cursor over a timestamp, a sequence
-- or a bare transaction id skips rows that commit late (measured with 16 writers: up to half of
-- them). Here a round is bounded by two snapshots: it takes the rows that `prev`, the snapshot of
-- the round before, did not see and that `upto`, taken when the round starts, does see. What was
-- open at `upto` is found by the next round, however long it stays open. Inside a round the pages
-- walk (rev, id).

create view private.conversation_wire
with (security_invoker = true)
as
select v.id,
       v.company_id,
       v.rev,
       json_build_object(
         'id', v.id,
         'companyId', v.company_id,
         'sessionId', v.session_id,
         'interactionNumber', coalesce(v.interaction_number, 1),
         'customerId', v.customer_id,
         'linkSource', v.customer_link_source,
         'linkedAt', private.utc_text(v.customer_linked_at),
         'name', v.customer_name,
         'email', v.customer_email,
         'phone', v.customer_phone,
         'address', v.customer_address,
         'summary', v.summary,
         'messages', coalesce(v.messages, '[]'),
         'viewCount', coalesce(v.view_count, 0),
         'lastViewedAt', private.utc_text(v.last_viewed_at),
         'createdAt', private.utc_text(v.created_at),
         'rev', v.rev::text
       ) as wire,
       v.created_at as happened_at
  from public."VC Usage" v;

create view private.interaction_wire
with (security_invoker = true)
as
select i.id,
       i.company_id,
       i.rev,
       json_build_object(
         'id', i.id,
         'companyId', i.company_id,
         'customerId', i.customer_id,
         'sessionId', i.session_id,
         'type', i.interaction_type,
         'at', private.utc_text(i.viewed_at),
         'userId', i.user_id,
         'userName', i.user_name,
         'rev', i.rev::text
       ) as wire,
       i.viewed_at as happened_at
  from public.customer_interactions i;

create view private.quote_wire
with (security_invoker = true)
as
select q.id,
       q.company_id,
       q.rev,
       json_build_object(
         'id', q.id,
         'companyId', q.company_id,
         'customerId', q.customer_id,
         'sessionId', q.session_id,
         'number', q.quote_number,
         'status', q.status,
         'currency', q.currency,
         -- As text: a number would lose digits on its way.
         'total', q.total::text,
         'lineItems', q.line_items,
         'createdAt', private.utc_text(q.created_at),
         'rev', q.rev::text
       ) as wire,
       q.created_at as happened_at
  from public.quotes q;

create view private.quote_request_wire
with (security_invoker = true)
as
select r.id,
       r.company_id,
       r.rev,
       json_build_object(
         'id', r.id,
         'companyId', r.company_id,
         'customerId', r.customer_id,
         'quoteId', r.quote_id,
         'note', r.note,
         'status', r.status,
         'requestedByUserId', r.requested_by_user_id,
         'requestedByUserName', r.requested_by_user_name,
         'requestedAt', private.utc_text(r.requested_at),
         'answeredAt', private.utc_text(r.answered_at),
         'rev', r.rev::text
       ) as wire,
       r.requested_at as happened_at
  from public.quote_requests r;

-- Without the before-images: they are for the undo, which happens here. The changes let a laptop show one.
create view private.merge_wire
with (security_invoker = true)
as
select m.id,
       m.company_id,
       m.rev,
       json_build_object(
         'id', m.id,
         'companyId', m.company_id,
         'targetId', m.target_customer_id,
         'sourceIds', array(select s.source_customer_id from public.customer_merge_sources s
                             where s.company_id = m.company_id and s.merge_id = m.id order by 1),
         'fieldChoices', m.field_choices,
         'fieldChanges', m.field_changes,
         'mergedByUserId', m.merged_by_user_id,
         'mergedByUserName', m.merged_by_user_name,
         'mergedAt', private.utc_text(m.merged_at),
         'undoneAt', private.utc_text(m.undone_at),
         'undoneByUserId', m.undone_by_user_id,
         'rev', m.rev::text
       ) as wire,
       m.merged_at as happened_at
  from public.customer_merges m;

-- What is about the company stays here: company_log() shows it to owners and managers.
create view private.activity_wire
with (security_invoker = true)
as
select a.entry_id as id,
       a.company_id,
       a.rev,
       json_build_object(
         'id', a.entry_id,
         'companyId', a.company_id,
         'customerId', a.customer_id,
         'action', a.action,
         'changes', a.changes,
         'userId', a.user_id,
         'userName', a.user_name,
         'at', private.utc_text(a.at),
         'rev', a.rev::text
       ) as wire,
       a.at as happened_at
  from public.audit_log a
 where a.customer_id is not null;

create view private.saved_filter_wire
with (security_invoker = true)
as
select f.id,
       f.company_id,
       f.rev,
       json_build_object(
         'id', f.id,
         'companyId', f.company_id,
         'userId', f.user_id,
         'name', f.name,
         'filter', f.filter,
         'shared', f.shared,
         'createdAt', private.utc_text(f.created_at),
         'updatedAt', private.utc_text(f.updated_at),
         'rev', f.rev::text
       ) as wire,
       f.created_at as happened_at
  from public.saved_filters f;

create view private.import_batch_wire
with (security_invoker = true)
as
select b.id,
       b.company_id,
       b.rev,
       json_build_object(
         'id', b.id,
         'companyId', b.company_id,
         'userId', b.user_id,
         'userName', b.user_name,
         'fileName', b.file_name,
         'rowCount', b.row_count,
         'createdCount', b.created_count,
         'updatedCount', b.updated_count,
         'skippedCount', b.skipped_count,
         'invalidCount', b.invalid_count,
         'createdAt', private.utc_text(b.created_at),
         'endedAt', private.utc_text(b.ended_at),
         'undoneAt', private.utc_text(b.undone_at),
         'rev', b.rev::text
       ) as wire,
       b.created_at as happened_at
  from public.import_batches b;

create view private.suggestion_wire
with (security_invoker = true)
as
select s.id,
       s.company_id,
       s.rev,
       json_build_object(
         'id', s.id,
         'companyId', s.company_id,
         'customerId', s.customer_id,
         'field', s.field,
         'value', s.value,
         'conversationId', s.chat_id,
         'status', s.status,
         'createdAt', private.utc_text(s.created_at),
         'decidedAt', private.utc_text(s.decided_at),
         'decidedByUserId', s.decided_by_user_id,
         'decidedByUserName', s.decided_by_user_name,
         'rev', s.rev::text
       ) as wire,
       s.created_at as happened_at
  from public.customer_suggestions s;

create view private.chat_review_wire
with (security_invoker = true)
as
select r.id,
       r.company_id,
       r.rev,
       json_build_object(
         'id', r.id,
         'companyId', r.company_id,
         'conversationId', r.chat_id,
         'customerId', r.customer_id,
         'rank', r.rank,
         'reason', r.reason,
         'status', r.status,
         'createdAt', private.utc_text(r.created_at),
         'rev', r.rev::text
       ) as wire,
       r.created_at as happened_at
  from public.chat_link_candidates r;

grant select on
  private.suggestion_wire, private.chat_review_wire, private.conversation_wire, private.interaction_wire, private.quote_wire, private.quote_request_wire,
  private.merge_wire, private.activity_wire, private.saved_filter_wire, private.import_batch_wire
  to authenticated;

-- The collections, in the order in which a replica wants them. `windowed`: only what happened in the
-- company's sync window (companies.sync_window_days) is replicated.
create function private.sync_collections()
returns table (place integer, collection text, wire_view text, windowed boolean)
language sql immutable
set search_path = ''
as $$
  values (1, 'customers', 'private.customer_wire', false),
         (2, 'savedFilters', 'private.saved_filter_wire', false),
         (3, 'quotes', 'private.quote_wire', false),
         (4, 'conversations', 'private.conversation_wire', true),
         (5, 'chatReviews', 'private.chat_review_wire', false),
         (6, 'suggestions', 'private.suggestion_wire', false),
         (7, 'merges', 'private.merge_wire', false),
         (8, 'quoteRequests', 'private.quote_request_wire', false),
         (9, 'importBatches', 'private.import_batch_wire', false),
         (10, 'interactions', 'private.interaction_wire', true),
         (11, 'activity', 'private.activity_wire', true),
         (12, 'duplicateDismissals', 'private.duplicate_dismissal_wire', false)
$$;

-- One page of one collection, as shared/sync-protocol/pull.ts has it, and how many rows it holds.
-- Invoker rights: row-level security decides which rows there are. Dynamic: the plan is made for the
-- window, the limit and the snapshots at hand. The caller has checked the membership.
create function private.sync_page(
  p_company uuid, p_collection text, p_checkpoint jsonb, p_limit integer,
  out page json, out row_count integer, out more boolean)
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  c_nil constant uuid := '00000000-0000-0000-0000-000000000000';
  v_epoch text := private.sync_epoch();
  v_limit integer := least(greatest(coalesce(p_limit, 1000), 1), 5000);
  v_now text := private.utc_text(now());
  v_current pg_snapshot := pg_current_snapshot();
  v_view text;
  v_windowed boolean;
  v_since timestamptz := '-infinity';
  v_where text;
  v_rows_query text;
  v_prev pg_snapshot;
  v_upto pg_snapshot;
  v_pruned xid8;
  v_after_rev xid8;
  v_after_id uuid;
  v_rows json;
  v_last_rev text;
  v_last_id uuid;
  v_total bigint;
begin
  select s.wire_view, s.windowed into v_view, v_windowed
    from private.sync_collections() s where s.collection = p_collection;
  if v_view is null then
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

  select e.pruned_rev into v_pruned from private.sync_epoch e;
  -- Another epoch, a snapshot of the future (a restore without a new epoch), or one from before tombstones
  -- were cleared away (unless that lies in the future itself): start over.
  if coalesce(p_checkpoint ->> 'epoch', v_epoch) <> v_epoch
     or pg_snapshot_xmax(v_prev) > pg_snapshot_xmax(v_current)
     or pg_snapshot_xmax(v_upto) > pg_snapshot_xmax(v_current)
     or p_checkpoint ->> 'prev' is not null and pg_snapshot_xmin(v_prev) <= v_pruned
        and v_pruned < pg_snapshot_xmax(v_current) then
    row_count := 0;
    more := true;
    page := json_build_object(
      'protocol', 1, 'epoch', v_epoch, 'reset', true, 'rows', '[]'::json,
      'checkpoint', json_build_object('epoch', v_epoch), 'more', true, 'total', null, 'serverTime', v_now);
    return;
  end if;

  if v_windowed then
    select now() - make_interval(days => c.sync_window_days) into v_since from public.companies c where c.id = p_company;
  end if;
  -- Everything below the oldest transaction that `prev` saw running has been delivered.
  v_after_rev := greatest(v_after_rev, pg_snapshot_xmin(v_prev));
  v_where := 'x.company_id = $1 and (x.rev, x.id) > ($2, $3)
       and not pg_visible_in_snapshot(x.rev, $4) and pg_visible_in_snapshot(x.rev, $5)';

  v_rows_query := format(
    'select x.wire, x.rev, x.id from %1$s x where %2$s %3$s order by x.rev, x.id limit $6',
    v_view, v_where, case when v_windowed then 'and x.happened_at > $8' else '' end);
  -- Tombstones of rows that the caller doesn't see (any more); most collections have none.
  if exists (select from private.sync_tombstones t where t.company_id = p_company and t.collection = p_collection) then
    v_rows_query := format(
      $query$
      (%1$s)
      union all
      (select json_build_object('id', x.id, 'companyId', x.company_id, 'gone', true, 'rev', x.rev::text), x.rev, x.id
         from private.sync_tombstones x
        where %3$s and x.collection = $7
          and not exists (select from %2$s w where w.company_id = $1 and w.id = x.id)
        order by x.rev, x.id
        limit $6)
      order by 2, 3
      limit $6
      $query$,
      v_rows_query, v_view, v_where);
  end if;
  -- The subquery has put them in order; aggregates that sort again would carry the rows through it.
  execute format(
    'select json_agg(p.wire), count(*), (array_agg(p.rev::text))[count(*)], (array_agg(p.id))[count(*)] from (%s) p',
    v_rows_query)
    into v_rows, row_count, v_last_rev, v_last_id
    using p_company, v_after_rev, v_after_id, v_prev, coalesce(v_upto, v_current), v_limit, p_collection, v_since;

  if p_checkpoint ->> 'prev' is null and v_upto is null then
    execute format('select count(*) from %1$s x where x.company_id = $1 %2$s',
                   v_view, case when v_windowed then 'and x.happened_at > $2' else '' end)
      into v_total using p_company, v_since;
  end if;

  v_upto := coalesce(v_upto, v_current);
  more := row_count = v_limit;
  page := json_build_object(
    'protocol', 1,
    'epoch', v_epoch,
    'reset', false,
    'rows', coalesce(v_rows, '[]'::json),
    -- A full page: go on in this round. A short one: the round is over, its end is the next one's start.
    'checkpoint', case
      when more then json_build_object(
        'epoch', v_epoch, 'prev', p_checkpoint -> 'prev', 'upto', v_upto::text, 'rev', v_last_rev, 'id', v_last_id)
      else json_build_object('epoch', v_epoch, 'prev', v_upto::text)
    end,
    'more', more,
    'total', v_total,
    'serverTime', v_now);
end
$$;

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
begin
  perform private.require_current_client();
  if p_company is null or not p_company = any (private.my_company_ids()) then
    perform private.refuse_stranger(p_company);
  end if;
  return (private.sync_page(p_company, p_collection, p_checkpoint, p_limit)).page;
end
$$;

-- A page of each of several collections in one round trip. p_checkpoints: collection → checkpoint or
-- null; the ones named are answered. p_limit bounds the rows of the whole answer: when it is reached,
-- the collections behind it are left out of `pages`, to be asked for again.
create function public.sync_pull_all(p_company uuid, p_checkpoints jsonb, p_limit integer default 1000)
returns json
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  v_left integer := least(greatest(coalesce(p_limit, 1000), 1), 5000);
  v_collection text;
  v_page json;
  v_rows integer;
  v_page_more boolean;
  v_names text[] := '{}';
  v_pages json[] := '{}';
  v_by_name json;
  v_more boolean := false;
begin
  perform private.require_current_client();
  if p_company is null or not p_company = any (private.my_company_ids()) then
    perform private.refuse_stranger(p_company);
  end if;
  if jsonb_typeof(p_checkpoints) is distinct from 'object' then
    raise exception 'Send an object with a checkpoint or null for each collection to pull.' using errcode = '22023';
  end if;
  if exists (select from jsonb_object_keys(p_checkpoints) as k (name)
              where k.name not in (select s.collection from private.sync_collections() s)) then
    raise exception 'There is no collection of this name to pull. Update the app.' using errcode = '22023';
  end if;
  for v_collection in
    select s.collection from private.sync_collections() s where p_checkpoints ? s.collection order by s.place
  loop
    if v_left < 1 then
      v_more := true;
      exit;
    end if;
    select s.page, s.row_count, s.more into v_page, v_rows, v_page_more
      from private.sync_page(p_company, v_collection, nullif(p_checkpoints -> v_collection, 'null'::jsonb), v_left) s;
    v_names := v_names || v_collection;
    v_pages := v_pages || v_page;
    v_left := v_left - v_rows;
    v_more := v_more or v_page_more;
  end loop;
  -- json_object_agg takes four times as long over pages of megabytes (measured).
  execute format('select json_build_object(%s)', (
      select string_agg(format('$1[%1$s], $2[%1$s]', n), ', ' order by n)
        from generate_series(1, cardinality(v_names)) n))
    into v_by_name using v_names, v_pages;
  return json_build_object(
    'protocol', 1,
    'epoch', private.sync_epoch(),
    'pages', v_by_name,
    'more', v_more,
    'windowDays', (select c.sync_window_days from public.companies c where c.id = p_company),
    'serverTime', private.utc_text(now()));
end
$$;

revoke execute on function
  private.sync_collections(), private.sync_page(uuid, text, jsonb, integer),
  public.sync_pull(uuid, text, jsonb, integer), public.sync_pull_all(uuid, jsonb, integer)
  from public, anon;
grant execute on function
  private.sync_collections(), private.sync_page(uuid, text, jsonb, integer),
  public.sync_pull(uuid, text, jsonb, integer), public.sync_pull_all(uuid, jsonb, integer)
  to authenticated, service_role;
