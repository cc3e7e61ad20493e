-- Which sign-in (the `session_id` that Supabase Auth puts into every token of it) uses a company's data on
-- which device, so that one device can be signed out without its person (SPEC SY-5): every policy asks
-- here whether the caller's sign-in still counts. A new sign-in is another session and does.
--
-- The session itself is not deleted: with a token that can't be renewed a laptop would only hear that it must
-- sign in again, which takes nothing away from it. This way it hears what happened whenever it comes
-- online, removes the company, and then ends the session itself.

create table private.device_sessions (
  company_id uuid not null references public.companies (id) on delete cascade,
  user_id uuid not null,
  session_id text not null,
  device_id uuid not null,
  -- Never taken back, and no matter for whoever takes the device off the list.
  signed_out_at timestamptz,
  primary key (company_id, user_id, session_id)
);
alter table private.device_sessions enable row level security;
alter table private.device_sessions force row level security;

-- Whether the caller's sign-in was ended for this company. Tokens without a session (scripts) never are.
create function private.is_signed_out(p_company uuid)
returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (
    select from private.device_sessions s
     where s.company_id = p_company
       and s.user_id = (select auth.uid())
       and s.session_id = (select auth.jwt() ->> 'session_id')
       and s.signed_out_at is not null)
$$;

-- Says why a company is not the caller's. PostgREST answers 403 to either; the app tells them apart.
create function private.refuse_stranger(p_company uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if private.is_signed_out(p_company) then
    raise exception 'This device was signed out of this company. Sign in again.' using errcode = 'PT403';
  end if;
  -- The same words for a company of others as for one that never was.
  raise exception 'You are not a member of this company.' using errcode = '42501';
end
$$;

revoke execute on function private.is_signed_out(uuid), private.refuse_stranger(uuid) from public, anon;
grant execute on function private.is_signed_out(uuid), private.refuse_stranger(uuid) to authenticated, service_role;
