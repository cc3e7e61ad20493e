-- An app that speaks an older protocol than this server still understands is told so before anything
-- of it is read or written (SPEC SY-8): it keeps its changes and asks its user to update.

-- The oldest protocol (shared/sync-protocol/pull.ts) that sync_pull and sync_push understand. It grows
-- together with a change of theirs that older apps would take for something else.
create function private.oldest_protocol()
returns integer
language sql immutable
set search_path = ''
as $$ select 1 $$;

-- Apps name their protocol in X-Client-Info ("… sync-protocol/1"), a header that every Supabase lets
-- through from a browser, and that PostgREST hands on. A parameter would need a second function for
-- whoever doesn't send it. Who names none (scripts, SQL) is not refused. PostgREST answers 426.
create function private.require_current_client()
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if substring(
       nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-client-info'
       from 'sync-protocol/(\d{1,9})')::integer < private.oldest_protocol() then
    raise exception 'This app is too old for the server. Update the app to go on syncing.' using errcode = 'PT426';
  end if;
end
$$;

revoke execute on function private.oldest_protocol(), private.require_current_client() from public, anon;
grant execute on function private.oldest_protocol(), private.require_current_client() to authenticated, service_role;
