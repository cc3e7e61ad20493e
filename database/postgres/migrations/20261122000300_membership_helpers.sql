-- What the policies ask. SECURITY DEFINER, so that reading company_members doesn't call the policy
-- of company_members again; STABLE and without row arguments, so that `(select helper())` becomes
-- an InitPlan, run once a statement (measured: 0.45 ms for a list; a call per row takes 10 s).
-- The tables are asked, not the token: a role in a JWT goes stale when somebody is let go.

-- The caller's places in companies, without those that their device was signed out of. Tokens without a
-- session (scripts) are on no device. A view: a function in a function is planned and started at each call, and
-- a push asks for the caller's role at each change.
create view private.my_memberships with (security_invoker = true) as
  select m.*
    from public.company_members m
   where m.user_id = (select auth.uid())
     and not exists (
       select from private.session_devices s
         join private.device_sign_outs o on o.user_id = s.user_id and o.device_id = s.device_id
        where o.company_id = m.company_id
          and s.user_id = m.user_id
          and s.session_id = (select auth.jwt() ->> 'session_id')
          and s.born_at <= o.at);

create function private.my_company_ids()
returns uuid[]
language sql stable security definer
set search_path = ''
as $$ select coalesce(array_agg(m.company_id), '{}') from private.my_memberships m $$;

create function private.my_company_ids_as(p_roles public.member_role[])
returns uuid[]
language sql stable security definer
set search_path = ''
as $$ select coalesce(array_agg(m.company_id), '{}') from private.my_memberships m where m.role = any (p_roles) $$;

-- The caller's role in a company; null for a stranger.
create function private.my_role(p_company uuid)
returns public.member_role
language sql stable security definer
set search_path = ''
as $$ select m.role from private.my_memberships m where m.company_id = p_company $$;

-- The caller's name in a company; null for a stranger.
create function private.my_display_name(p_company uuid)
returns text
language sql stable security definer
set search_path = ''
as $$ select m.display_name from private.my_memberships m where m.company_id = p_company $$;

-- Whether the caller is a member whose device was signed out: they need only sign in again.
create function private.is_signed_out(p_company uuid)
returns boolean
language sql stable security definer
set search_path = ''
as $$
  select private.my_role(p_company) is null
     and exists (select from public.company_members m where m.company_id = p_company and m.user_id = (select auth.uid()))
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

revoke all on private.my_memberships from public, anon, authenticated, service_role;
revoke execute on function
  private.my_company_ids(), private.my_company_ids_as(public.member_role[]), private.my_role(uuid),
  private.my_display_name(uuid), private.is_signed_out(uuid), private.refuse_stranger(uuid)
  from public, anon, authenticated, service_role;
grant execute on function
  private.my_company_ids(), private.my_company_ids_as(public.member_role[]), private.my_role(uuid),
  private.my_display_name(uuid), private.is_signed_out(uuid), private.refuse_stranger(uuid)
  to authenticated, service_role;

alter table public.companies enable row level security;
alter table public.companies force row level security;
alter table public.company_members enable row level security;
alter table public.company_members force row level security;

create policy companies_select on public.companies
  for select to authenticated
  using (id = any ((select private.my_company_ids())::uuid[]));

create policy company_members_select on public.company_members
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
