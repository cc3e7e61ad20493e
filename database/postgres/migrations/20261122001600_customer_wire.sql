-- A time as JSON has it everywhere: ISO 8601 with microseconds, whatever the session's time zone.
create function private.utc_text(p_at timestamptz)
returns text
language sql immutable
set search_path = ''
as $$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
revoke execute on function private.utc_text(timestamptz) from public, anon;
grant execute on function private.utc_text(timestamptz) to authenticated, service_role;

-- The wire form of a customer, once; inlined into the plans of pull and push. Explicit columns are
-- 2.5 times as fast as to_jsonb(row), row_to_json is 1.7 times as fast as json_build_object (measured),
-- and a new column never leaks by itself. Times are spelled out: a call of utc_text is never inlined.
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
