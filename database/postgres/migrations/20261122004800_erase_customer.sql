-- Erasure (SPEC DB-8, article 17 of the GDPR): irreversible, in every table, in the log and in the
-- before-images, on the server at once and on every laptop with its next sync, which acknowledges it.

-- What happened, without whom: the customer's id is the erasure's id, and names nobody any more.
create table public.erasures (
  company_id uuid not null references public.companies (id),
  customer_id uuid not null,
  erased_at timestamptz not null default now(),
  -- One of a few words: a free text would become the next place with personal data.
  reason text not null,
  erased_by_user_id uuid,
  erased_by_user_name text,
  primary key (company_id, customer_id),
  constraint erasures_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id),
  constraint erasures_reason_valid check (reason in ('requested', 'consent_withdrawn', 'unlawful', 'retention'))
);

-- The laptops that hold a replica, and who uses them.
create table public.devices (
  company_id uuid not null,
  device_id uuid not null,
  user_id uuid not null,
  device_name text not null,
  registered_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (company_id, device_id, user_id),
  constraint devices_member_fkey foreign key (company_id, user_id)
    references public.company_members (company_id, user_id) on delete cascade,
  constraint devices_name_valid check (char_length(btrim(device_name)) between 1 and 100)
);
create index devices_user_idx on public.devices (company_id, user_id);

-- "This laptop has forgotten the person." Kept after the device and its user are gone: it is a proof.
create table public.erasure_receipts (
  company_id uuid not null,
  erasure_id uuid not null,
  device_id uuid not null,
  user_id uuid not null,
  acknowledged_at timestamptz not null default now(),
  primary key (company_id, erasure_id, device_id, user_id),
  constraint erasure_receipts_erasure_fkey foreign key (company_id, erasure_id)
    references public.erasures (company_id, customer_id)
);

alter table public.erasures enable row level security;
alter table public.erasures force row level security;
-- Every replica has to know.
create policy erasures_select on public.erasures
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
alter table public.devices enable row level security;
alter table public.devices force row level security;
create policy devices_select on public.devices
  for select to authenticated
  using (
    company_id = any ((select private.my_company_ids_as('{owner}'::public.member_role[]))::uuid[])
    or (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()))
  );
alter table public.erasure_receipts enable row level security;
alter table public.erasure_receipts force row level security;
create policy erasure_receipts_select on public.erasure_receipts
  for select to authenticated
  using (
    company_id = any ((select private.my_company_ids_as('{owner}'::public.member_role[]))::uuid[])
    or (company_id = any ((select private.my_company_ids())::uuid[]) and user_id = (select auth.uid()))
  );
revoke all on public.erasures, public.devices, public.erasure_receipts from anon, authenticated, service_role;
grant select on public.erasures, public.devices, public.erasure_receipts to authenticated, service_role;

-- p_text with every occurrence of one of the values blanked, whatever its case. Short values would
-- blank half the language.
create function private.without_values(p_text text, p_values text[])
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  v_value text;
begin
  for v_value in select v from unnest(p_values) as t (v) where char_length(v) >= 4 order by char_length(v) desc loop
    p_text := regexp_replace(p_text, regexp_replace(v_value, '([][(){}.*+?|^$\\])', '\\\1', 'g'), '[erased]', 'gi');
  end loop;
  return p_text;
end
$$;

-- The same for the texts in a JSON, at any depth. Not for its source: a note that says "1500" would take a
-- price away, and leave no JSON.
create function private.json_without_values(p_json jsonb, p_values text[])
returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return case jsonb_typeof(p_json)
    when 'string' then to_jsonb(private.without_values(p_json #>> '{}', p_values))
    when 'array' then (
      select coalesce(jsonb_agg(private.json_without_values(e, p_values) order by ord), '[]')
        from jsonb_array_elements(p_json) with ordinality as t (e, ord))
    when 'object' then (
      select coalesce(jsonb_object_agg(key, private.json_without_values(value, p_values)), '{}') from jsonb_each(p_json))
    else p_json
  end;
end
$$;

-- Does the work; called by erase_customer and by the retention, which have checked who asks.
-- p_customer is where a merged family lives; all of it goes.
create function private.erase_family(p_company uuid, p_customer uuid, p_reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_family uuid[];
  v_partners uuid[];
  v_chats uuid[];
  v_interactions uuid[];
  v_country text;
  v_secret bytea;
  v_names text[];
  v_emails text[];
  v_phones text[];
  v_addresses text[];
  v_values text[];
  v_keys jsonb;
  v_email_keys text[];
  v_phone_keys text[];
  v_name_keys text[];
  v_flagged uuid[];
begin
  -- Their chats are found by their phones, too.
  if private.is_rekeying(p_company) then
    raise exception 'Phone numbers are still being read for the new country of the company. Try again when that is done.'
      using errcode = '55000';
  end if;
  -- In id order, as every function that locks several customers.
  perform from public.customers c
    where c.company_id = p_company and c.id in (select private.merged_family(p_company, p_customer))
    order by c.id for update;
  v_family := array(select private.merged_family(p_company, p_customer));
  select c.country into v_country from public.companies c where c.id = p_company;
  -- Whom a merge, undone since, has mixed their values with.
  v_partners := array(
    select distinct p.id
      from public.customer_merges m
      join public.customer_merge_sources s on s.company_id = m.company_id and s.merge_id = m.id
     cross join lateral (values (m.target_customer_id), (s.source_customer_id)) as p (id)
     where m.company_id = p_company
       and (m.target_customer_id = any (v_family) or s.source_customer_id = any (v_family))
       and p.id <> all (v_family));

  -- Their values, wherever they are written down: today's, those in the log and the before-images,
  -- those in the conversations.
  with texts (field, value) as (
    select f.key, f.value
      from public.customers c cross join lateral jsonb_each_text(private.customer_fields(c)) f
     where c.company_id = p_company and c.id = any (v_family)
    union
    select e.key, v.value
      from public.audit_log a
     cross join lateral jsonb_each(a.changes) e
     cross join lateral (values (e.value ->> 'from'), (e.value ->> 'to')) as v (value)
     where a.company_id = p_company and a.customer_id = any (v_family)
    union
    select i.key, i.value
      from public.customer_merge_sources s cross join lateral jsonb_each_text(s.before_image) i
     where s.company_id = p_company and s.source_customer_id = any (v_family)
    union
    select i.key, i.value
      from public.customer_merges m cross join lateral jsonb_each_text(m.before_image) i
     where m.company_id = p_company and m.target_customer_id = any (v_family)
    union
    select f.field, f.value
      from public."VC Usage" h
      left join private.chat_contact_originals k on k.company_id = h.company_id and k.chat_id = h.id
     cross join lateral (values
            ('name', h.customer_name), ('email', h.customer_email), ('phone', h.customer_phone), ('address', h.customer_address),
            ('name', k.customer_name), ('email', k.customer_email), ('phone', k.customer_phone), ('address', k.customer_address)
          ) as f (field, value)
     where h.company_id = p_company and h.customer_id = any (v_family)
  )
  select coalesce(array_agg(value) filter (where field = 'name'), '{}'),
         coalesce(array_agg(value) filter (where field = 'email'), '{}'),
         coalesce(array_agg(value) filter (where field = 'phone'), '{}'),
         coalesce(array_agg(value) filter (where field = 'address'), '{}'),
         coalesce(array_agg(distinct value), '{}')
    into v_names, v_emails, v_phones, v_addresses, v_values
    from texts
   where field = any (private.customer_field_names()) and field not in ('tags', 'ownerId') and btrim(value) <> '';

  -- The keys they would be found by again, hashed into the blocklist.
  select coalesce(jsonb_agg(distinct jsonb_build_object('kind', k.kind, 'key', k.key)), '[]')
    into v_keys
    from (select 'email', private.email_key(e) from unnest(v_emails) as t (e)
          union select 'phone', private.phone_key(p, v_country) from unnest(v_phones) as t (p)
          union select 'name_address', private.name_address_key(n, a) from unnest(v_names) as t (n) cross join unnest(v_addresses) as u (a)
          union select 'name', private.name_key(c.customer_name)
                  from public.customers c
                 where c.company_id = p_company and c.id = any (v_family) and v_emails = '{}' and v_phones = '{}'
         ) as k (kind, key)
   where k.key is not null;
  select coalesce(array_agg(k ->> 'key') filter (where k ->> 'kind' = 'email'), '{}'),
         coalesce(array_agg(k ->> 'key') filter (where k ->> 'kind' = 'phone'), '{}')
    into v_email_keys, v_phone_keys
    from jsonb_array_elements(v_keys) as t (k);
  v_name_keys := array(select private.name_key(n) from unnest(v_names) as t (n));
  insert into private.company_secrets (company_id) values (p_company) on conflict do nothing;
  select s.erasure_key into v_secret from private.company_secrets s where s.company_id = p_company;
  insert into private.erased_identities (company_id, kind, hash)
  select p_company, k ->> 'kind', private.identity_hash(v_secret, k ->> 'kind', k ->> 'key')
    from jsonb_array_elements(v_keys) as t (k)
   order by 2, 3
      on conflict do nothing;

  -- Their conversations: the linked ones; those that wait without a link under one of their e-mails, or
  -- under name and address; and under one of their phones, unless somebody else has that phone, too.
  v_chats := array(
    select h.id from public."VC Usage" h where h.company_id = p_company and h.customer_id = any (v_family)
    union
    select h.id
      from public."VC Usage" h
     where h.company_id = p_company and h.customer_id is null
       and (h.email_key = any (v_email_keys)
            or h.name_key = any (v_name_keys) and exists (
                 select from jsonb_array_elements(v_keys) as t (k)
                  where k ->> 'kind' = 'name_address'
                    and k ->> 'key' = private.name_address_key(h.customer_name, h.customer_address))
            or h.phone_key = any (v_phone_keys) and not exists (
                 select from public.customers c
                  where c.company_id = p_company and c.phone_key = h.phone_key and c.deleted_at is null
                    and c.id <> all (v_family))));
  -- Legacy interactions may know no customer, only the session of a chat and a name.
  v_interactions := array(
    select i.id from public.customer_interactions i where i.company_id = p_company and i.customer_id = any (v_family)
    union
    select i.id
      from public.customer_interactions i
     where i.company_id = p_company and i.customer_id is null
       and (private.name_key(i.customer_name) = any (v_name_keys) or i.customer_name is null)
       and i.session_id in (select h.session_id from public."VC Usage" h where h.company_id = p_company and h.id = any (v_chats)));

  -- The customers: a tombstone that says no more than that there was somebody. The triggers enter
  -- "erased" in the log, without values.
  update public.customers c
     set customer_name = 'Erased customer', customer_email = null, customer_phone = null, customer_address = null,
         customer_website = null, customer_notes = null, tags = '{}', owner_id = null, last_seen_at = null, view_count = 0,
         deleted_at = coalesce(c.deleted_at, now()), erased_at = now()
   where c.company_id = p_company and c.id = any (v_family);
  insert into public.erasures (company_id, customer_id, reason, erased_by_user_id, erased_by_user_name)
  select p_company, f, p_reason, auth.uid(), private.my_display_name(p_company) from unnest(v_family) as t (f);

  update public."VC Usage" h
     set customer_name = null, customer_email = null, customer_phone = null, customer_address = null,
         summary = null, messages = '[]', user_id = null, session_id = 'erased-' || h.id
   where h.company_id = p_company and h.id = any (v_chats);
  delete from private.chat_contact_originals k where k.company_id = p_company and k.chat_id = any (v_chats);
  -- The backup of the data migration: the rows of these chats, and the interactions of their sessions;
  -- and what it noted down while it ran.
  delete from private.data_migration_backup b
   where b.company_id = p_company
     and (b.row_id = any (v_chats) or b.row_id = any (v_interactions));
  delete from private.data_migration_chats d where d.company_id = p_company and d.chat_id = any (v_chats);
  delete from private.data_migration_duplicates d
   where d.company_id = p_company and (d.customer_id = any (v_family) or d.other_customer_id = any (v_family));
  delete from public.chat_link_candidates w
   where w.company_id = p_company and (w.chat_id = any (v_chats) or w.customer_id = any (v_family));
  delete from public.customer_suggestions s
   where s.company_id = p_company and (s.customer_id = any (v_family) or s.chat_id = any (v_chats));
  delete from private.identity_claims i
   where i.company_id = p_company
     and (i.customer_id = any (v_family)
          or i.customer_id is null and (i.kind, i.key) in (
               select k ->> 'kind', private.claim_key(k ->> 'key') from jsonb_array_elements(v_keys) as t (k)));
  update public.customer_interactions i set customer_name = null, session_id = null
   where i.company_id = p_company and i.id = any (v_interactions);
  -- What was offered for how much stays, since tax law wants it; who it was for does not.
  update public.quotes q
     set session_id = null, line_items = private.json_without_values(q.line_items, v_values)
   where q.company_id = p_company and q.customer_id = any (v_family);
  -- Made by a later migration.
  if to_regclass('public.quote_requests') is not null then
    update public.quote_requests r set note = null where r.company_id = p_company and r.customer_id = any (v_family);
  end if;

  -- Before-images, theirs and of whom they were mixed with: these merges can't be undone any more.
  delete from private.merge_moves v
   using public.customer_merge_sources s, public.customer_merges m
   where v.company_id = p_company and s.company_id = p_company and m.company_id = p_company
     and s.merge_id = v.merge_id and m.id = v.merge_id
     and (m.target_customer_id = any (v_family) or s.source_customer_id = any (v_family));
  update public.customer_merges m
     set field_choices = '{}', before_image = '{}', field_changes = '{}'
   where m.company_id = p_company
     and (m.target_customer_id = any (v_family) or exists (
       select from public.customer_merge_sources s
        where s.company_id = p_company and s.merge_id = m.id and s.source_customer_id = any (v_family)));
  update public.customer_merge_sources s
     set before_image = '{}'
    from public.customer_merges m
   where s.company_id = p_company and m.company_id = p_company and m.id = s.merge_id
     and (m.target_customer_id = any (v_family) or s.source_customer_id = any (v_family));

  -- The log: all values of theirs; of partners, the entries that show one of these values.
  update public.audit_log a
     set changes = private.blank_changes(a.changes)
   where a.company_id = p_company
     and a.changes <> '{}'
     and (a.customer_id = any (v_family)
          or a.customer_id = any (v_partners)
             and private.json_without_values(a.changes, v_values) <> a.changes);

  -- Where people type: searches that were saved, names of files.
  update public.saved_filters f
     set name = left(private.without_values(f.name, v_values), 100), filter = private.json_without_values(f.filter, v_values)
   where f.company_id = p_company
     and (private.without_values(f.name, v_values) <> f.name or private.json_without_values(f.filter, v_values) <> f.filter);
  update public.import_batches b
     set file_name = left(private.without_values(b.file_name, v_values), 255)
   where b.company_id = p_company and private.without_values(b.file_name, v_values) <> b.file_name;

  -- The same person under another id, perhaps: somebody should look.
  with others as (
    update public.customers c
       set flagged_erased_at = now()
     where c.company_id = p_company and c.erased_at is null and c.deleted_at is null and c.flagged_erased_at is null
       and (c.email_key = any (v_email_keys) or c.phone_key = any (v_phone_keys))
    returning c.id
  )
  select coalesce(array_agg(id), '{}') into v_flagged from others;

  return jsonb_build_object(
    'erased', to_jsonb(v_family), 'conversations', cardinality(v_chats),
    'lookAt', to_jsonb(array(select distinct x from unnest(v_flagged || v_partners) as t (x))));
end
$$;

create function private.erase_customer(p_company uuid, p_customer uuid, p_reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_customer public.customers;
begin
  perform private.require_role(p_company, '{owner}', 'erase customers');
  if p_reason is null or p_reason not in ('requested', 'consent_withdrawn', 'unlawful') then
    raise exception 'Give one of these reasons: requested, consent_withdrawn, unlawful.' using errcode = '22023';
  end if;
  -- Claims before customers, as chats take them.
  perform from private.identity_claims i
    where i.company_id = p_company and i.customer_id in (select private.merged_family(p_company, p_customer))
    order by i.kind, i.key for update;
  select * into v_customer from public.customers c where c.company_id = p_company and c.id = p_customer for update;
  if not found then
    raise exception 'This customer is not in this company any more.' using errcode = 'P0002';
  end if;
  if v_customer.erased_at is not null then
    return jsonb_build_object('erased', '[]'::jsonb, 'conversations', 0, 'lookAt', '[]'::jsonb);
  end if;
  if v_customer.merged_into is not null then
    raise exception 'This customer was merged into another one. Erase that one, or undo the merge first.'
      using errcode = '55000';
  end if;
  return private.erase_family(p_company, p_customer, p_reason);
end
$$;

-- Anonymises a customer for good, with everybody merged into them: owners only. p_reason: requested,
-- consent_withdrawn or unlawful. Returns {"erased": [id], "conversations": how many were emptied,
-- "lookAt": [id] of customers who may be, or may hold values of, the same person}.
create function public.erase_customer(p_company uuid, p_customer uuid, p_reason text)
returns jsonb language sql volatile security invoker set search_path = ''
as $$ select private.erase_customer(p_company, p_customer, p_reason) $$;

create function private.register_device(p_company uuid, p_device uuid, p_name text)
returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_registered_at timestamptz;
begin
  perform private.require_role(p_company, '{owner,manager,sales,analyst}', 'use devices');
  if p_device is null or char_length(btrim(coalesce(p_name, ''))) not between 1 and 100 then
    raise exception 'Give the device an id and a name of at most 100 characters.' using errcode = '22023';
  end if;
  insert into public.devices as d (company_id, device_id, user_id, device_name)
  values (p_company, p_device, auth.uid(), btrim(p_name))
      on conflict (company_id, device_id, user_id) do update
     set device_name = excluded.device_name, last_seen_at = now()
  returning d.registered_at into v_registered_at;
  -- A token outlives its session by an hour: one whose session is gone counts as old.
  insert into private.session_devices (user_id, session_id, device_id, born_at)
  select auth.uid(), t.session_id, p_device, coalesce(
           (select s.created_at from auth.sessions s where s.user_id = auth.uid() and s.id::text = t.session_id), '-infinity')
    from (select auth.jwt() ->> 'session_id' as session_id) t
   where t.session_id is not null
      on conflict do nothing;
  return private.utc_text(v_registered_at);
end
$$;
-- A replica says that it exists, so that one that has not forgotten yet can be told from one that never was.
-- Answers with the time it was first heard of: receipts are due for erasures since then.
create function public.register_device(p_company uuid, p_device uuid, p_name text)
returns text language sql volatile security invoker set search_path = ''
as $$ select private.register_device(p_company, p_device, p_name) $$;

create function private.acknowledge_erasure(p_company uuid, p_erasure uuid, p_device uuid)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner,manager,sales,analyst}', 'acknowledge erasures');
  if p_device is null or not exists (
    select from public.erasures e where e.company_id = p_company and e.customer_id = p_erasure
  ) then
    raise exception 'There is no such erasure in this company.' using errcode = 'P0002';
  end if;
  insert into public.erasure_receipts (company_id, erasure_id, device_id, user_id)
  values (p_company, p_erasure, p_device, auth.uid())
      on conflict do nothing;
end
$$;
-- "This replica holds nothing of the person any more." p_erasure: the id of the erased customer.
create function public.acknowledge_erasure(p_company uuid, p_erasure uuid, p_device uuid)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.acknowledge_erasure(p_company, p_erasure, p_device) $$;

-- Per erasure, which devices have forgotten and which, registered before it, have not yet.
-- [{"erasure", "erasedAt", "reason", "by", "acknowledged": [{"device", "user", "at"}], "waiting": [{"device", "name", "user", "lastSeenAt"}]}]
create function public.erasure_status(p_company uuid)
returns jsonb
language plpgsql stable security invoker
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'see erasures');
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
             'erasure', e.customer_id, 'erasedAt', private.utc_text(e.erased_at), 'reason', e.reason, 'by', e.erased_by_user_name,
             'acknowledged', (
               select coalesce(jsonb_agg(jsonb_build_object('device', r.device_id, 'user', r.user_id, 'at', private.utc_text(r.acknowledged_at))
                                         order by r.acknowledged_at), '[]')
                 from public.erasure_receipts r where r.company_id = e.company_id and r.erasure_id = e.customer_id),
             'waiting', (
               select coalesce(jsonb_agg(jsonb_build_object('device', d.device_id, 'name', d.device_name, 'user', d.user_id,
                                                            'lastSeenAt', private.utc_text(d.last_seen_at)) order by d.last_seen_at), '[]')
                 from public.devices d
                where d.company_id = e.company_id and d.registered_at <= e.erased_at
                  and not exists (
                    select from public.erasure_receipts r
                     where r.company_id = e.company_id and r.erasure_id = e.customer_id
                       and r.device_id = d.device_id and r.user_id = d.user_id))
           ) order by e.erased_at desc, e.customer_id), '[]')
      from public.erasures e where e.company_id = p_company);
end
$$;

revoke execute on function
  private.without_values(text, text[]), private.json_without_values(jsonb, text[]),
  private.erase_family(uuid, uuid, text), private.erase_customer(uuid, uuid, text), public.erase_customer(uuid, uuid, text),
  private.register_device(uuid, uuid, text), public.register_device(uuid, uuid, text),
  private.acknowledge_erasure(uuid, uuid, uuid), public.acknowledge_erasure(uuid, uuid, uuid),
  public.erasure_status(uuid)
  from public, anon, authenticated, service_role;
-- Each asks for the role itself.
grant execute on function
  private.erase_customer(uuid, uuid, text), public.erase_customer(uuid, uuid, text),
  private.register_device(uuid, uuid, text), public.register_device(uuid, uuid, text),
  private.acknowledge_erasure(uuid, uuid, uuid), public.acknowledge_erasure(uuid, uuid, uuid),
  public.erasure_status(uuid)
  to authenticated;
