-- CUSTOMER-FK-CONSTRAINTS (SPEC DB-3, DB-4): which customer a chat belongs to, what is remembered to
-- find that out without guessing, and what waits for a person to decide.

alter table public."VC Usage"
  add column customer_id uuid,
  add column customer_linked_at timestamptz,
  add column customer_link_source text,
  add column name_key text,
  add column email_key text,
  add column phone_key text,
  -- With the company: a chat can't hang on a customer of somebody else.
  add constraint fk_vc_usage_customer foreign key (company_id, customer_id)
    references public.customers (company_id, id),
  add constraint vc_usage_link_source_valid check (customer_link_source in ('auto_sync', 'manual', 'migration')),
  add constraint vc_usage_link_whole
    check ((customer_id is null) = (customer_linked_at is null) and (customer_id is null) = (customer_link_source is null));

-- Chats of a customer, newest first; what count and last_seen_at are read from, too.
create index idx_vc_usage_customer_company on public."VC Usage" (company_id, customer_id, created_at desc)
  where customer_id is not null;
-- Chats without a customer, oldest first: the review queue and the data migration.
create index idx_vc_usage_customer_lookup on public."VC Usage" (company_id, created_at, id)
  where customer_id is null;

create function private.key_chat()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- A link alone changes no key.
  if tg_op = 'INSERT'
     or (new.customer_name, new.customer_email, new.customer_phone, new.name_key, new.email_key, new.phone_key)
        is distinct from (old.customer_name, old.customer_email, old.customer_phone, old.name_key, old.email_key, old.phone_key) then
    new.name_key := private.name_key(new.customer_name);
    new.email_key := private.email_key(new.customer_email);
    -- Held as by private.key_customer.
    new.phone_key := case when new.customer_phone is not null then private.phone_key(
      new.customer_phone, (select c.country from public.companies c where c.id = new.company_id for share)) end;
  end if;
  -- Whoever sets or clears the link need not know of its other two columns.
  if new.customer_id is null then
    new.customer_linked_at := null;
    new.customer_link_source := null;
  else
    new.customer_linked_at := coalesce(new.customer_linked_at, now());
    new.customer_link_source := coalesce(new.customer_link_source, 'auto_sync');
  end if;
  return new;
end
$$;
create trigger vc_usage_keys
  before insert or update of
    customer_name, customer_email, customer_phone, customer_id, customer_linked_at, customer_link_source,
    name_key, email_key, phone_key
  on public."VC Usage"
  for each row execute function private.key_chat();

-- The chats that were there before. (The trigger works out whatever is forged.)
update public."VC Usage" set name_key = '' where true;

-- Whom the chats have used an identity for. Two chats of one new person at the same moment meet on
-- the primary key: the second waits and then finds the customer that the first has made. Not a
-- unique index over customers, since two customers may share an e-mail on purpose; not advisory
-- locks, since an INSERT of 10,000 chats would need 30,000 of them, more than Postgres keeps.
-- Keys are hashed: this table remembers identities, it doesn't need to tell them.
create table private.identity_claims (
  company_id uuid not null,
  kind text not null,
  key bytea not null,
  -- Null while no chat with this identity could be given a customer. Deferred: a claim is taken
  -- before its customer is made.
  customer_id uuid,
  primary key (company_id, kind, key),
  constraint identity_claims_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id) on delete cascade deferrable initially deferred,
  constraint identity_claims_kind_valid check (kind in ('email', 'phone', 'name'))
);
create index identity_claims_customer_idx on private.identity_claims (company_id, customer_id)
  where customer_id is not null;
alter table private.identity_claims enable row level security;
alter table private.identity_claims force row level security;

create function private.claim_key(p_key text)
returns bytea
language sql immutable
set search_path = ''
as $$ select sha256(convert_to(p_key, 'UTF8')) $$;

-- What a chat itself said, kept when an edit of its customer is written over its denormalised
-- columns (trg_sync_customer_to_chat): unlinking and the rollback put it back.
create table private.chat_contact_originals (
  company_id uuid not null,
  chat_id uuid not null,
  customer_name text,
  customer_email text,
  customer_phone text,
  customer_address text,
  primary key (company_id, chat_id),
  constraint chat_contact_originals_chat_fkey foreign key (company_id, chat_id)
    references public."VC Usage" (company_id, id) on delete cascade
);
alter table private.chat_contact_originals enable row level security;
alter table private.chat_contact_originals force row level security;

-- A value that a chat gave and its customer has another one of: never written over, offered.
create table public.customer_suggestions (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null,
  customer_id uuid not null,
  field text not null,
  value text not null,
  chat_id uuid,
  status text not null default 'open',
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by_user_id uuid,
  decided_by_user_name text,
  constraint customer_suggestions_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id) on delete cascade,
  constraint customer_suggestions_chat_fkey foreign key (company_id, chat_id)
    references public."VC Usage" (company_id, id) on delete set null (chat_id),
  -- One value is suggested once: a dismissed one doesn't come back with the next chat.
  constraint customer_suggestions_value_key unique (company_id, customer_id, field, value),
  constraint customer_suggestions_field_valid check (field in ('name', 'email', 'phone', 'address')),
  constraint customer_suggestions_value_valid check (char_length(value) between 1 and 500),
  constraint customer_suggestions_status_valid check (status in ('open', 'accepted', 'dismissed')),
  constraint customer_suggestions_decided check ((status = 'open') = (decided_at is null))
);
create index customer_suggestions_chat_idx on public.customer_suggestions (company_id, chat_id) where chat_id is not null;
create index customer_suggestions_open_idx on public.customer_suggestions (company_id, created_at) where status = 'open';

-- Chats that wait for a person, with the customers they may belong to, best first. A chat without a
-- candidate (an error, nothing to go by, unlinked by hand) has one row without a customer. Settled
-- rows stay: replicas have to learn that there is nothing left to decide.
create table public.chat_link_candidates (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null,
  chat_id uuid not null,
  customer_id uuid,
  rank integer not null,
  reason text not null,
  -- For the administrator: the SQLSTATE of an error. Never personal data.
  detail text,
  status text not null default 'open',
  created_at timestamptz not null default now(),
  constraint chat_link_candidates_chat_fkey foreign key (company_id, chat_id)
    references public."VC Usage" (company_id, id) on delete cascade,
  constraint chat_link_candidates_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id) on delete cascade,
  constraint chat_link_candidates_once unique nulls not distinct (company_id, chat_id, customer_id),
  constraint chat_link_candidates_rank_valid check (rank >= 1),
  constraint chat_link_candidates_reason_valid check (reason in (
    'shared_email', 'shared_phone', 'shared_name', 'phone_of_another', 'no_contact', 'unlinked_by_hand', 'busy', 'error')),
  constraint chat_link_candidates_status_valid check (status in ('open', 'settled'))
);
create index chat_link_candidates_customer_idx on public.chat_link_candidates (company_id, customer_id)
  where customer_id is not null;
create index chat_link_candidates_open_idx on public.chat_link_candidates (company_id, chat_id) where status = 'open';

-- When customers are merged, what hangs on them follows. What the target has already stays behind with
-- the source: a merge must not fail on a suggestion.
create function private.leave_duplicate_behind()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'customer_suggestions' then
    if exists (
      select from public.customer_suggestions s
       where s.company_id = new.company_id and s.customer_id = new.customer_id
         and s.field = new.field and s.value = new.value and s.id <> new.id) then
      return null;
    end if;
  elsif exists (
    select from public.chat_link_candidates w
     where w.company_id = new.company_id and w.chat_id = new.chat_id
       and w.customer_id = new.customer_id and w.id <> new.id) then
    return null;
  end if;
  return new;
end
$$;
create trigger customer_suggestions_moved
  before update of customer_id on public.customer_suggestions
  for each row when (new.customer_id <> old.customer_id) execute function private.leave_duplicate_behind();
create trigger chat_link_candidates_moved
  before update of customer_id on public.chat_link_candidates
  for each row when (new.customer_id <> old.customer_id) execute function private.leave_duplicate_behind();

alter table public.customer_suggestions enable row level security;
alter table public.customer_suggestions force row level security;
create policy customer_suggestions_select on public.customer_suggestions
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
alter table public.chat_link_candidates enable row level security;
alter table public.chat_link_candidates force row level security;
create policy chat_link_candidates_select on public.chat_link_candidates
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
revoke all on public.customer_suggestions, public.chat_link_candidates from anon, authenticated;
grant select on public.customer_suggestions, public.chat_link_candidates to authenticated;
grant all on public.customer_suggestions, public.chat_link_candidates to service_role;

-- How far the linking has come, for each company that the caller may see. Of the chats that say
-- who it was (`with_contact`), `rate` is the share that has a customer; null where there are none.
create view public.customer_sync_status
with (security_invoker = true)
as
select c.id as company_id,
       s.chats,
       s.with_contact,
       s.linked,
       s.chats - s.linked as unlinked,
       (select count(distinct w.chat_id)
          from public.chat_link_candidates w
         where w.company_id = c.id and w.status = 'open' and w.reason not in ('no_contact', 'busy')) as awaiting_review,
       round(s.linked_with_contact::numeric / nullif(s.with_contact, 0), 4) as rate
  from public.companies c
 cross join lateral (
       select count(*) as chats,
              count(*) filter (where has_contact) as with_contact,
              count(v.customer_id) as linked,
              count(v.customer_id) filter (where has_contact) as linked_with_contact
         from public."VC Usage" v
        cross join lateral (
              select v.name_key is not null or v.email_key is not null or v.phone_key is not null) as h (has_contact)
        where v.company_id = c.id
       ) s;
grant select on public.customer_sync_status to authenticated, service_role;

revoke execute on function private.key_chat(), private.claim_key(text), private.leave_duplicate_behind()
  from public, anon, authenticated;
