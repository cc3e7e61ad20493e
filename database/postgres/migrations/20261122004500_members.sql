-- Who belongs to a company (SPEC R): invitations, change of role, leaving. Owners only. Effective at
-- once, since every policy asks company_members.

-- The token is shown once, to whoever invites; only its hash is kept.
create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id) on delete cascade,
  email text not null,
  role public.member_role not null,
  display_name text not null,
  token_hash bytea not null unique,
  invited_by_user_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '14 days',
  accepted_at timestamptz,
  accepted_by_user_id uuid,
  revoked_at timestamptz,
  constraint invitations_email_valid check (char_length(email) <= 320 and email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'),
  constraint invitations_display_name_valid check (char_length(btrim(display_name)) between 1 and 200)
);
-- One open invitation an address.
create unique index invitations_open_idx on public.invitations (company_id, lower(email))
  where accepted_at is null and revoked_at is null;
create index invitations_company_idx on public.invitations (company_id, created_at desc);

alter table public.invitations enable row level security;
alter table public.invitations force row level security;
create policy invitations_select on public.invitations
  for select to authenticated
  using (company_id = any ((select private.my_company_ids_as('{owner}'::public.member_role[]))::uuid[]));
revoke all on public.invitations from anon, authenticated, service_role;
grant select (id, company_id, email, role, display_name, invited_by_user_id, created_at, expires_at, accepted_at,
              accepted_by_user_id, revoked_at)
  on public.invitations to authenticated, service_role;

-- The log of the memberships, whatever path a change takes.
create function private.audit_members()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.role is not distinct from old.role then
    return null;
  end if;
  perform private.write_audit(
    coalesce(new.company_id, old.company_id), null,
    case tg_op when 'INSERT' then 'member_added' when 'UPDATE' then 'member_role_changed' else 'member_revoked' end,
    jsonb_build_object(
      'member', jsonb_build_object(
        'from', case when tg_op <> 'INSERT' then old.user_id end, 'to', case when tg_op <> 'DELETE' then new.user_id end),
      -- Whoever is gone is in no other table.
      'name', jsonb_build_object(
        'from', case when tg_op <> 'INSERT' then old.display_name end,
        'to', case when tg_op <> 'DELETE' then new.display_name end),
      'role', jsonb_build_object(
        'from', case when tg_op <> 'INSERT' then old.role end, 'to', case when tg_op <> 'DELETE' then new.role end)));
  return null;
end
$$;
create trigger company_members_audit
  after insert or update or delete on public.company_members
  for each row execute function private.audit_members();

create function private.invite_member(p_company uuid, p_email text, p_role public.member_role, p_display_name text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_email text := lower(btrim(coalesce(p_email, '')));
  v_token text := translate(rtrim(encode(extensions.gen_random_bytes(24), 'base64'), '='), '+/', '-_');
  v_invitation public.invitations;
begin
  perform private.require_role(p_company, '{owner}', 'invite members');
  if char_length(v_email) > 320 or v_email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then
    raise exception 'This is not an email address.' using errcode = '22023';
  end if;
  if p_role is null or char_length(btrim(coalesce(p_display_name, ''))) not between 1 and 200 then
    raise exception 'Say in which role and under which name the new member joins.' using errcode = '22023';
  end if;
  -- One at a time in a company, or two invitations of one address collide.
  perform from public.companies c where c.id = p_company for update;
  if exists (
    select from public.company_members m join auth.users u on u.id = m.user_id
     where m.company_id = p_company and lower(u.email) = v_email
  ) then
    raise exception 'This person is a member already. Change the role instead.' using errcode = '55000';
  end if;
  -- A new invitation replaces the open one.
  update public.invitations i set revoked_at = now()
   where i.company_id = p_company and lower(i.email) = v_email and i.accepted_at is null and i.revoked_at is null;
  insert into public.invitations (company_id, email, role, display_name, token_hash, invited_by_user_id)
  values (p_company, v_email, p_role, btrim(p_display_name), sha256(convert_to(v_token, 'UTF8')), auth.uid())
  returning * into v_invitation;
  perform private.write_audit(p_company, null, 'member_invited', jsonb_build_object(
    'invitation', jsonb_build_object('from', null, 'to', v_invitation.id),
    'role', jsonb_build_object('from', null, 'to', p_role)));
  return jsonb_build_object('id', v_invitation.id, 'token', v_token, 'expiresAt', private.utc_text(v_invitation.expires_at));
end
$$;

create function private.revoke_invitation(p_company uuid, p_invitation uuid)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'take back invitations');
  update public.invitations i set revoked_at = now()
   where i.company_id = p_company and i.id = p_invitation and i.accepted_at is null and i.revoked_at is null;
  if not found then
    raise exception 'There is no such open invitation.' using errcode = 'P0002';
  end if;
  perform private.write_audit(p_company, null, 'invitation_revoked', jsonb_build_object(
    'invitation', jsonb_build_object('from', p_invitation, 'to', null)));
end
$$;

-- The one function here that is not for members: whoever holds the token, is signed in, and has
-- proved to own the invited address. It is read from the account, not from the token's claims.
create function private.accept_invitation(p_token text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_invitation public.invitations;
  v_email text;
  v_role public.member_role;
begin
  select lower(u.email) into v_email from auth.users u where u.id = auth.uid() and u.email_confirmed_at is not null;
  if v_email is null then
    raise exception 'Sign in and confirm your email address first.' using errcode = '42501';
  end if;
  select * into v_invitation
    from public.invitations i
   where i.token_hash = sha256(convert_to(coalesce(p_token, ''), 'UTF8'))
     for update;
  -- Whose answer was lost asks again, and is told the same.
  select m.role into v_role
    from public.company_members m
   where v_invitation.accepted_by_user_id = auth.uid()
     and m.company_id = v_invitation.company_id and m.user_id = auth.uid();
  if v_role is not null then
    return jsonb_build_object('companyId', v_invitation.company_id, 'role', v_role);
  end if;
  -- An owner who was let go must not leave a door open.
  if v_invitation.id is null or v_invitation.revoked_at is not null or v_invitation.accepted_at is not null
     or v_invitation.expires_at <= now()
     or not exists (
       select from public.company_members m
        where m.company_id = v_invitation.company_id and m.user_id = v_invitation.invited_by_user_id and m.role = 'owner') then
    raise exception 'This invitation is not valid any more. Ask for a new one.' using errcode = 'P0002';
  end if;
  if lower(v_invitation.email) <> v_email then
    raise exception 'This invitation is for another email address. Sign in with that one.' using errcode = '42501';
  end if;
  insert into public.company_members (company_id, user_id, role, display_name)
  values (v_invitation.company_id, auth.uid(), v_invitation.role, v_invitation.display_name)
      on conflict do nothing;
  if not found then
    raise exception 'You are a member of this company already.' using errcode = '55000';
  end if;
  update public.invitations i set accepted_at = now(), accepted_by_user_id = auth.uid() where i.id = v_invitation.id;
  return jsonb_build_object('companyId', v_invitation.company_id, 'role', v_invitation.role);
end
$$;

-- What changing and revoking have in common: checks, and a lock, so that two owners who let each
-- other go at the same moment don't leave the company without one.
create function private.lock_member(p_company uuid, p_user uuid, p_stays_owner boolean, p_what text)
returns public.member_role
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role public.member_role;
begin
  perform from public.companies c where c.id = p_company for update;
  -- After the lock: the caller may have been let go while waiting.
  perform private.require_role(p_company, '{owner}', p_what);
  select m.role into v_role from public.company_members m where m.company_id = p_company and m.user_id = p_user;
  if not found then
    raise exception 'This person is not a member of this company.' using errcode = 'P0002';
  end if;
  if v_role = 'owner' and not p_stays_owner and not exists (
    select from public.company_members m where m.company_id = p_company and m.role = 'owner' and m.user_id <> p_user
  ) then
    raise exception 'A company keeps at least one owner. Make somebody else an owner first.' using errcode = '55000';
  end if;
  return v_role;
end
$$;

create function private.change_member_role(p_company uuid, p_user uuid, p_role public.member_role)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'change roles');
  if p_role is null then
    raise exception 'Say which role.' using errcode = '22023';
  end if;
  perform private.lock_member(p_company, p_user, p_role = 'owner', 'change roles');
  update public.company_members m set role = p_role where m.company_id = p_company and m.user_id = p_user;
end
$$;

create function private.revoke_member(p_company uuid, p_user uuid)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'remove members');
  perform private.lock_member(p_company, p_user, false, 'remove members');
  delete from public.company_members m where m.company_id = p_company and m.user_id = p_user;
end
$$;

-- Invites somebody by e-mail. Returns {"id", "token", "expiresAt"}: the token is shown this once.
create function public.invite_member(p_company uuid, p_email text, p_role public.member_role, p_display_name text)
returns jsonb language sql volatile security invoker set search_path = ''
as $$ select private.invite_member(p_company, p_email, p_role, p_display_name) $$;
-- Takes an open invitation back.
create function public.revoke_invitation(p_company uuid, p_invitation uuid)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.revoke_invitation(p_company, p_invitation) $$;
-- Joins the company of an invitation. Returns {"companyId", "role"}.
create function public.accept_invitation(p_token text)
returns jsonb language sql volatile security invoker set search_path = ''
as $$ select private.accept_invitation(p_token) $$;
create function public.change_member_role(p_company uuid, p_user uuid, p_role public.member_role)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.change_member_role(p_company, p_user, p_role) $$;
-- Lets a member go. Their customers stay, without an owner; filters they shared go to an owner.
create function public.revoke_member(p_company uuid, p_user uuid)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.revoke_member(p_company, p_user) $$;

revoke execute on function
  private.audit_members(), private.lock_member(uuid, uuid, boolean, text),
  private.invite_member(uuid, text, public.member_role, text), private.revoke_invitation(uuid, uuid),
  private.accept_invitation(text), private.change_member_role(uuid, uuid, public.member_role),
  private.revoke_member(uuid, uuid),
  public.invite_member(uuid, text, public.member_role, text), public.revoke_invitation(uuid, uuid),
  public.accept_invitation(text), public.change_member_role(uuid, uuid, public.member_role),
  public.revoke_member(uuid, uuid)
  from public, anon, authenticated, service_role;
-- Each asks for the role itself.
grant execute on function
  private.invite_member(uuid, text, public.member_role, text), private.revoke_invitation(uuid, uuid),
  private.accept_invitation(text), private.change_member_role(uuid, uuid, public.member_role),
  private.revoke_member(uuid, uuid),
  public.invite_member(uuid, text, public.member_role, text), public.revoke_invitation(uuid, uuid),
  public.accept_invitation(text), public.change_member_role(uuid, uuid, public.member_role),
  public.revoke_member(uuid, uuid)
  to authenticated;
