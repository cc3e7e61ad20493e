-- What the settings of a company show and change, beside what 4500 to 4900 do: the company itself, its
-- people, its devices, what is remembered of erased people, and the log.

create function private.update_company(p_company uuid, p_name text, p_country text)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_before public.companies;
begin
  perform private.require_role(p_company, '{owner}', 'change the company');
  if char_length(btrim(coalesce(p_name, ''))) not between 1 and 200 then
    raise exception 'Give the company a name of at most 200 characters.' using errcode = '22023';
  end if;
  if p_country is null or not exists (select from private.calling_codes c where c.country = p_country) then
    raise exception 'Give the country as two capital letters, such as AU or DE.' using errcode = '22023';
  end if;
  select * into v_before from public.companies c where c.id = p_company for update;
  if (v_before.name, v_before.country) is not distinct from (btrim(p_name), p_country) then
    return;
  end if;
  update public.companies c set name = btrim(p_name), country = p_country where c.id = p_company;
  perform private.write_audit(p_company, null, 'company_changed', jsonb_build_object(
    'name', jsonb_build_object('from', v_before.name, 'to', btrim(p_name)),
    'country', jsonb_build_object('from', v_before.country, 'to', p_country)));
end
$$;
-- Renames the company, or has national phone numbers read as those of another country, which rekey_phones
-- then does step by step. Owners only.
create function public.update_company(p_company uuid, p_name text, p_country text)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.update_company(p_company, p_name, p_country) $$;

create function private.set_chat_link(p_company uuid, p_url text)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_url text := nullif(btrim(p_url), '');
  v_before text;
begin
  perform private.require_role(p_company, '{owner}', 'set where chats open');
  -- Behind the host, so that no chat can name another one.
  if v_url is not null
     and (char_length(v_url) > 500 or v_url !~ '^https://[^[:space:]/?#@{}\\]+[/?#][^[:space:]]*$' or strpos(v_url, '{session}') = 0) then
    raise exception 'Give an address that begins with https:// and has {session} where the id of the chat belongs.' using errcode = '22023';
  end if;
  select c.chat_url into v_before from public.companies c where c.id = p_company for update;
  if v_before is not distinct from v_url then
    return;
  end if;
  update public.companies c set chat_url = v_url where c.id = p_company;
  perform private.write_audit(p_company, null, 'company_changed', jsonb_build_object(
    'chatUrl', jsonb_build_object('from', v_before, 'to', v_url)));
end
$$;
-- Where a chat opens in the assistant: https with {session} for its id; null or empty: nowhere. Owners only.
create function public.set_chat_link(p_company uuid, p_url text)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.set_chat_link(p_company, p_url) $$;

-- Definer rights for the addresses, which the accounts have.
create function private.members_and_invitations(p_company uuid)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'manage members');
  return jsonb_build_object(
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'userId', m.user_id, 'name', m.display_name, 'email', u.email, 'role', m.role,
               'joinedAt', private.utc_text(m.created_at),
               'customers', (
                 select count(*) from public.customers c
                  where c.company_id = p_company and c.owner_id = m.user_id and c.deleted_at is null),
               'sharedFilters', (
                 select count(*) from public.saved_filters f
                  where f.company_id = p_company and f.user_id = m.user_id and f.shared))
               order by m.display_name, m.user_id), '[]')
        from public.company_members m join auth.users u on u.id = m.user_id
       where m.company_id = p_company),
    'invitations', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'id', i.id, 'name', i.display_name, 'email', i.email, 'role', i.role,
               'expiresAt', private.utc_text(i.expires_at), 'isExpired', i.expires_at <= now())
               order by i.created_at desc, i.id), '[]')
        from public.invitations i
       where i.company_id = p_company and i.accepted_at is null and i.revoked_at is null));
end
$$;
-- Everybody of a company with what hangs on them, and the open invitations. Owners only.
-- {"members": [{"userId", "name", "email", "role", "joinedAt", "customers", "sharedFilters"}],
--  "invitations": [{"id", "name", "email", "role", "expiresAt", "isExpired"}]}
create function public.members_and_invitations(p_company uuid)
returns jsonb language sql stable security invoker set search_path = ''
as $$ select private.members_and_invitations(p_company) $$;

-- When a device was signed out, unless its person has signed in there anew.
create function private.signed_out_at(p_company uuid, p_device uuid, p_user uuid)
returns timestamptz
language sql stable
set search_path = ''
as $$
  select o.at
    from private.device_sign_outs o
   where o.company_id = p_company and o.device_id = p_device and o.user_id = p_user
     and not exists (
       select from private.session_devices s
        where s.user_id = o.user_id and s.device_id = o.device_id and s.born_at > o.at)
$$;

-- Definer rights for the sign-outs.
create function private.company_devices(p_company uuid)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_role public.member_role := private.require_role(p_company, '{owner,manager,sales,analyst}', 'see devices');
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
             'device', d.device_id, 'name', d.device_name, 'userId', d.user_id, 'userName', m.display_name,
             'registeredAt', private.utc_text(d.registered_at), 'lastSeenAt', private.utc_text(d.last_seen_at),
             'signedOutAt', private.utc_text(s.at),
             'emptiedAt', (
               select private.utc_text(o.emptied_at) from private.device_sign_outs o
                where o.company_id = p_company and o.device_id = d.device_id and o.user_id = d.user_id and o.at = s.at),
             'toForget', (
               select count(*) from public.erasures e
                where e.company_id = p_company and e.erased_at >= d.registered_at
                  and not exists (
                    select from public.erasure_receipts r
                     where r.company_id = p_company and r.erasure_id = e.customer_id
                       and r.device_id = d.device_id and r.user_id = d.user_id)))
             order by d.last_seen_at desc, d.device_id, d.user_id), '[]')
      from public.devices d
      join public.company_members m on m.company_id = d.company_id and m.user_id = d.user_id
     cross join private.signed_out_at(p_company, d.device_id, d.user_id) as s (at)
     where d.company_id = p_company
       and (v_role = 'owner' or d.user_id = auth.uid()));
end
$$;
-- The devices with a replica of this company, last seen first: for owners all, for others their own.
-- [{"device", "name", "userId", "userName", "registeredAt", "lastSeenAt", "signedOutAt": null unless it is signed out,
--   "emptiedAt": when it said that the company has left it, "toForget": erasures it owes a receipt for}]
create function public.company_devices(p_company uuid)
returns jsonb language sql stable security invoker set search_path = ''
as $$ select private.company_devices(p_company) $$;

create function private.forget_device(p_company uuid, p_device uuid, p_user uuid)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_role public.member_role := private.require_role(p_company, '{owner,manager,sales,analyst}', 'remove devices');
  v_name text;
begin
  if v_role <> 'owner' and p_user is distinct from auth.uid() then
    raise exception 'Only owners can remove the devices of others.' using errcode = '42501';
  end if;
  delete from public.devices d where d.company_id = p_company and d.device_id = p_device and d.user_id = p_user
  returning d.device_name into v_name;
  if not found then
    raise exception 'There is no such device any more.' using errcode = 'P0002';
  end if;
  perform private.write_audit(p_company, null, 'device_forgotten', jsonb_build_object(
    'member', jsonb_build_object('from', p_user, 'to', null),
    'device', jsonb_build_object('from', v_name, 'to', null)));
end
$$;
-- A device that will not come back, as the log notes: erasures wait for it no longer. One that does come
-- back is known again with its next start, and forgets then. Owners; others their own.
create function public.forget_device(p_company uuid, p_device uuid, p_user uuid)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.forget_device(p_company, p_device, p_user) $$;

create function private.sign_out_device(p_company uuid, p_device uuid, p_user uuid)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_role public.member_role := private.require_role(p_company, '{owner,manager,sales,analyst}', 'sign out devices');
  v_name text;
begin
  if v_role <> 'owner' and p_user is distinct from auth.uid() then
    raise exception 'Only owners can sign out the devices of others.' using errcode = '42501';
  end if;
  select d.device_name into v_name
    from public.devices d where d.company_id = p_company and d.device_id = p_device and d.user_id = p_user;
  if not found then
    raise exception 'There is no such device any more.' using errcode = 'P0002';
  end if;
  if private.signed_out_at(p_company, p_device, p_user) is not null then
    return;
  end if;
  -- Whatever sign-in is in use there, known or not: it is older.
  insert into private.device_sign_outs (company_id, user_id, device_id, at)
  values (p_company, p_user, p_device, clock_timestamp())
      on conflict (company_id, user_id, device_id) do update set at = excluded.at, emptied_at = null;
  -- The entry is a hint to the device, too: it hears at once if it is online.
  perform private.write_audit(p_company, null, 'device_signed_out', jsonb_build_object(
    'member', jsonb_build_object('from', p_user, 'to', null),
    'device', jsonb_build_object('from', v_name, 'to', null)));
end
$$;
-- Ends the sign-in of one device for this company: from the next statement on it sees nothing, and its app
-- removes the company when it hears. A new sign-in there counts again. Owners; others their own.
create function public.sign_out_device(p_company uuid, p_device uuid, p_user uuid)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.sign_out_device(p_company, p_device, p_user) $$;

create function private.confirm_sign_out(p_company uuid, p_device uuid)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if not private.is_signed_out(p_company) then
    raise exception 'This device is not signed out of this company.' using errcode = '42501';
  end if;
  update private.device_sign_outs o set emptied_at = now()
   where o.company_id = p_company and o.device_id = p_device and o.user_id = auth.uid() and o.emptied_at is null;
end
$$;
-- "The company has left this device", said with the sign-in that was ended.
create function public.confirm_sign_out(p_company uuid, p_device uuid)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.confirm_sign_out(p_company, p_device) $$;

create function private.privacy_overview(p_company uuid)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'see what is remembered of erased people');
  return jsonb_build_object(
    'years', (select c.retention_years from public.companies c where c.id = p_company),
    'blocklist', (
      select coalesce(jsonb_object_agg(k.kind, k.hashes), '{}')
        from (select i.kind, count(*) as hashes from private.erased_identities i where i.company_id = p_company group by i.kind) k),
    'flagged', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'id', c.id, 'name', c.customer_name, 'at', private.utc_text(c.flagged_erased_at))
               order by c.flagged_erased_at desc, c.id), '[]')
        from (select * from public.customers c
               where c.company_id = p_company and c.flagged_erased_at is not null and c.deleted_at is null
               order by c.flagged_erased_at desc, c.id limit 200) c));
end
$$;
-- The years customers are kept, how much the blocklist remembers, and the latest 200 customers whom it
-- knows again. Owners only.
-- {"years", "blocklist": {kind: how many}, "flagged": [{"id", "name", "at"}]}
create function public.privacy_overview(p_company uuid)
returns jsonb language sql stable security invoker set search_path = ''
as $$ select private.privacy_overview(p_company) $$;

-- All but the everyday: creations and edits stand at the customer.
create index audit_log_company_idx on public.audit_log (company_id, id desc)
  where action not in ('created', 'updated', 'enriched', 'chat_linked', 'chat_unlinked', 'suggestion_accepted', 'suggestion_dismissed');

-- What happened in a company, newest first, behind the entry p_before: its people, deletions and merges,
-- exports and erasures, imports. p_actions: only these; null: all. Of a customer the name of today, never
-- values. Owners and managers.
-- {"entries": [{"id", "at", "action", "by", "customer": {"id", "name"}, "about": name of a person or file, "changes"}], "more"}
create function public.company_log(p_company uuid, p_actions text[] default null, p_before bigint default null, p_limit integer default 50)
returns jsonb
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 200);
begin
  perform private.require_role(p_company, '{owner,manager}', 'see the log');
  return (
    with page as (
      select a.*
        from public.audit_log a
       where a.company_id = p_company
         and a.action not in ('created', 'updated', 'enriched', 'chat_linked', 'chat_unlinked', 'suggestion_accepted', 'suggestion_dismissed')
         and (p_actions is null or a.action = any (p_actions))
         and (p_before is null or a.id < p_before)
       order by a.id desc
       limit v_limit + 1
    )
    select jsonb_build_object(
             'more', count(*) > v_limit,
             'entries', coalesce(jsonb_agg(jsonb_build_object(
               'id', p.id, 'at', private.utc_text(p.at), 'action', p.action, 'by', p.user_name,
               'customer', case when p.customer_id is not null then jsonb_build_object('id', p.customer_id, 'name', c.customer_name) end,
               'about', case when p.customer_id is null then coalesce(
                 m.display_name, i.display_name, b.file_name, p.changes -> 'name' ->> 'to', p.changes -> 'name' ->> 'from') end,
               'changes', case when p.customer_id is null then p.changes else '{}' end)
               order by p.id desc) filter (where p.nth <= v_limit), '[]'))
      from (select page.*, row_number() over (order by page.id desc) as nth,
                   -- One of them has the id.
                   coalesce(changes -> 'member' ->> 'to', changes -> 'member' ->> 'from')::uuid as member_id,
                   coalesce(changes -> 'invitation' ->> 'to', changes -> 'invitation' ->> 'from')::uuid as invitation_id,
                   (changes -> 'batch' ->> 'to')::uuid as batch_id
              from page) p
      left join public.customers c on c.company_id = p_company and c.id = p.customer_id
      left join public.company_members m on m.company_id = p_company and m.user_id = p.member_id
      left join public.invitations i on i.company_id = p_company and i.id = p.invitation_id
      left join public.import_batches b on b.company_id = p_company and b.id = p.batch_id);
end
$$;

revoke execute on function private.signed_out_at(uuid, uuid, uuid),
  private.update_company(uuid, text, text), public.update_company(uuid, text, text),
  private.set_chat_link(uuid, text), public.set_chat_link(uuid, text),
  private.members_and_invitations(uuid), public.members_and_invitations(uuid),
  private.company_devices(uuid), public.company_devices(uuid),
  private.forget_device(uuid, uuid, uuid), public.forget_device(uuid, uuid, uuid),
  private.sign_out_device(uuid, uuid, uuid), public.sign_out_device(uuid, uuid, uuid),
  private.confirm_sign_out(uuid, uuid), public.confirm_sign_out(uuid, uuid),
  private.privacy_overview(uuid), public.privacy_overview(uuid), public.company_log(uuid, text[], bigint, integer)
  from public, anon, authenticated, service_role;
-- Each asks for the role itself.
grant execute on function
  private.update_company(uuid, text, text), public.update_company(uuid, text, text),
  private.set_chat_link(uuid, text), public.set_chat_link(uuid, text),
  private.members_and_invitations(uuid), public.members_and_invitations(uuid),
  private.company_devices(uuid), public.company_devices(uuid),
  private.forget_device(uuid, uuid, uuid), public.forget_device(uuid, uuid, uuid),
  private.sign_out_device(uuid, uuid, uuid), public.sign_out_device(uuid, uuid, uuid),
  private.confirm_sign_out(uuid, uuid), public.confirm_sign_out(uuid, uuid),
  private.privacy_overview(uuid), public.privacy_overview(uuid), public.company_log(uuid, text[], bigint, integer)
  to authenticated;
