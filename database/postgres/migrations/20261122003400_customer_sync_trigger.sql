-- CUSTOMER-SYNC-TRIGGER (SPEC DB-4): chats find their customers, customers keep their chats in step.
--
-- Statement triggers with transition tables: a batch of chats takes its locks in one order, which
-- row triggers can't. Why there is no loop:
--   chat → customer: runs only for statements of clients (pg_trigger_depth() = 0), so what the
--     triggers below write into chats never comes back here;
--   customer → chat: runs for everybody's edits of customers, but only for rows whose name, e-mail,
--     phone or address changed, and what it writes is a chat (depth 1 or more), see above.

create function private.sync_customers_from_new_chats()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_chats uuid[];
  v_customers uuid[];
begin
  select array_agg(n.id) filter (where n.customer_id is null),
         array_agg(distinct n.customer_id) filter (where n.customer_id is not null)
    into v_chats, v_customers
    from inserted n
   where n.company_id is not null;
  if v_chats is not null then
    perform private.link_chats_safely(v_chats);
  end if;
  if v_customers is not null then
    begin
      perform private.recount_customers(v_customers);
    exception when others then
      raise warning 'Customers could not be counted anew (SQLSTATE %).', sqlstate;
    end;
  end if;
  return null;
end
$$;
create trigger trg_sync_customer_from_chat_insert
  after insert on public."VC Usage"
  referencing new table as inserted
  for each statement execute function private.sync_customers_from_new_chats();

-- Customers whose chats are to be counted anew, because they were locked when one came or went. An entry each
-- time, without a key of its own or a foreign one: whoever gives way must not wait for anybody here.
create table private.waiting_counts (
  id bigint primary key generated always as identity,
  company_id uuid not null,
  customer_id uuid not null
);
alter table private.waiting_counts enable row level security;
alter table private.waiting_counts force row level security;

-- Whoever changes a chat holds its row and then needs the customer; whoever merges or edits a customer holds that
-- one and then needs its chats. So this side gives way, long before Postgres looks for deadlocks (after a
-- second) and ends either of them; private.link_waiting_chats() makes up for it.
create function private.sync_customers_from_changed_chats()
returns trigger
language plpgsql security definer
set search_path = ''
set lock_timeout = '200ms'
as $$
declare
  v_unlinked uuid[];
  v_gained uuid[];
  v_recount uuid[];
  v record;
begin
  -- Contact data changed, or a link was set, moved or cleared; the rest (views, summaries) is none of ours.
  select array_agg(n.id) filter (
           where n.customer_id is null and o.customer_id is null and said.changed
             -- Whoever unlinked it knows better than the rules.
             and not exists (
               select from public.chat_link_candidates w
                where w.company_id = n.company_id and w.chat_id = n.id
                  and w.status = 'open' and w.reason = 'unlinked_by_hand')),
         array_agg(n.id) filter (
           where n.customer_id is not null
             and (o.customer_id is null or (o.customer_id = n.customer_id and said.changed))),
         array_agg(o.customer_id) filter (where o.customer_id is distinct from n.customer_id and o.customer_id is not null)
         || array_agg(n.customer_id) filter (where o.customer_id <> n.customer_id)
    into v_unlinked, v_gained, v_recount
    from changed n
    join was o on o.id = n.id
   cross join lateral (
         select (n.customer_name, n.customer_email, n.customer_phone, n.customer_address)
                is distinct from (o.customer_name, o.customer_email, o.customer_phone, o.customer_address) as changed
       ) said
   where said.changed or n.customer_id is distinct from o.customer_id;

  -- The chat speaks for itself again.
  if exists (
    select from changed n join was o on o.id = n.id
     where (n.customer_name, n.customer_email, n.customer_phone, n.customer_address)
           is distinct from (o.customer_name, o.customer_email, o.customer_phone, o.customer_address)
  ) then
    delete from private.chat_contact_originals k
     using changed n, was o
     where k.company_id = n.company_id and k.chat_id = n.id and o.id = n.id
       and (n.customer_name, n.customer_email, n.customer_phone, n.customer_address)
           is distinct from (o.customer_name, o.customer_email, o.customer_phone, o.customer_address);
  end if;

  if v_unlinked is not null then
    perform private.link_chats_safely(v_unlinked);
  end if;
  begin
    if v_gained is not null then
      update public.chat_link_candidates w
         set status = 'settled'
       where w.chat_id = any (v_gained) and w.status = 'open';
      for v in
        select h.company_id, h.customer_id, array_agg(h.id) as chats
          from public."VC Usage" h
         where h.id = any (v_gained) and h.customer_id is not null
         group by h.company_id, h.customer_id
         order by h.customer_id
      loop
        perform private.absorb_chats(v.company_id, v.customer_id, v.chats);
      end loop;
    end if;
    if v_recount is not null then
      perform private.recount_customers(v_recount);
    end if;
  exception
    when lock_not_available or deadlock_detected then
      perform private.queue_chat(h.company_id, h.id, 'busy', '{}', sqlstate)
         from public."VC Usage" h where h.id = any (v_gained);
      insert into private.waiting_counts (company_id, customer_id)
      select c.company_id, c.id from public.customers c where c.id = any (v_recount);
    when others then
      raise warning 'A customer could not be brought in step with its conversations (SQLSTATE %).', sqlstate;
  end;
  return null;
end
$$;
create trigger trg_sync_customer_from_chat_update
  after update on public."VC Usage"
  referencing old table as was new table as changed
  for each statement when (pg_trigger_depth() = 0)
  execute function private.sync_customers_from_changed_chats();

-- Existing readers take contact data from the chats. What the chat itself said is kept beside.
create function private.sync_chats_from_customers()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if not exists (
    select from changed n join was o on o.id = n.id
     where n.customer_name <> o.customer_name
        or n.customer_email is distinct from o.customer_email
        or n.customer_phone is distinct from o.customer_phone
        or n.customer_address is distinct from o.customer_address
  ) then
    return null;
  end if;

  with stale as materialized (
    select h.id,
           h.company_id,
           h.customer_name as said_name,
           h.customer_email as said_email,
           h.customer_phone as said_phone,
           h.customer_address as said_address,
           -- Only a field that was edited, and an e-mail or phone only where it is another one.
           case when n.customer_name <> o.customer_name then n.customer_name else h.customer_name end as name,
           case when n.customer_email is distinct from o.customer_email and n.email_key is distinct from h.email_key
             then n.customer_email else h.customer_email end as email,
           case when n.customer_phone is distinct from o.customer_phone
                 and (n.phone_key is null or n.phone_key is distinct from case
                   when private.is_rekeying(n.company_id) then private.phone_key(
                     h.customer_phone, (select k.country from public.companies k where k.id = n.company_id))
                   else h.phone_key end)
             then n.customer_phone else h.customer_phone end as phone,
           case when n.customer_address is distinct from o.customer_address then n.customer_address else h.customer_address end as address
      from changed n
      join was o on o.id = n.id
      join public."VC Usage" h on h.company_id = n.company_id and h.customer_id = n.id
     where n.customer_name <> o.customer_name
        or n.customer_email is distinct from o.customer_email
        or n.customer_phone is distinct from o.customer_phone
        or n.customer_address is distinct from o.customer_address
     order by h.id
  ),
  wanted as (
    select * from stale s
     where (s.name, s.email, s.phone, s.address) is distinct from (s.said_name, s.said_email, s.said_phone, s.said_address)
  ),
  kept as (
    insert into private.chat_contact_originals (company_id, chat_id, customer_name, customer_email, customer_phone, customer_address)
    select w.company_id, w.id, w.said_name, w.said_email, w.said_phone, w.said_address from wanted w
        on conflict do nothing
  )
  update public."VC Usage" h
     set customer_name = w.name, customer_email = w.email, customer_phone = w.phone, customer_address = w.address
    from wanted w
   where h.id = w.id;
  return null;
end
$$;
create trigger trg_sync_customer_to_chat
  after update on public.customers
  referencing old table as was new table as changed
  for each statement execute function private.sync_chats_from_customers();

-- The roadmap's emergency brake: chats are written, nothing is linked, nothing else changes. Chats
-- that came while it was pulled are linked by private.link_waiting_chats() afterwards.
create function private.set_chat_sync(p_on boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_on then
    alter table public."VC Usage" enable trigger trg_sync_customer_from_chat_insert;
    alter table public."VC Usage" enable trigger trg_sync_customer_from_chat_update;
    alter table public.customers enable trigger trg_sync_customer_to_chat;
  else
    alter table public."VC Usage" disable trigger trg_sync_customer_from_chat_insert;
    alter table public."VC Usage" disable trigger trg_sync_customer_from_chat_update;
    alter table public.customers disable trigger trg_sync_customer_to_chat;
  end if;
end
$$;

-- Links up to p_limit chats that were left behind: written while the triggers were off, or put off
-- because of a lock or an error; and takes over what linked ones say whose customer was locked, and counts
-- those of customers who were. Returns where to go on after; null: nothing is left.
create function private.link_waiting_chats(p_after uuid, p_limit integer)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v record;
  v_chats uuid[];
begin
  for v in
    with uncounted as (
      delete from private.waiting_counts where true returning company_id, customer_id
    )
    select b.company_id, b.customer_id, array_remove(array_agg(b.chat_id), null) as chats
      from (
        select h.company_id, h.customer_id, h.id as chat_id
          from public.chat_link_candidates w
          join public."VC Usage" h on h.company_id = w.company_id and h.id = w.chat_id
         where w.status = 'open' and w.reason = 'busy' and h.customer_id is not null
         union all
        select u.company_id, u.customer_id, null from uncounted u
      ) b
     group by b.company_id, b.customer_id
     order by b.customer_id
  loop
    perform private.absorb_chats(v.company_id, v.customer_id, v.chats);
    update public.chat_link_candidates w
       set status = 'settled'
     where w.company_id = v.company_id and w.chat_id = any (v.chats) and w.status = 'open';
  end loop;
  select array_agg(s.id order by s.id)
    into v_chats
    from (
      select h.id
        from public."VC Usage" h
       where h.customer_id is null
         and h.company_id is not null
         and h.id > p_after
         and (h.name_key is not null or h.email_key is not null or h.phone_key is not null)
         and not exists (
           select from public.chat_link_candidates w
            where w.company_id = h.company_id and w.chat_id = h.id and w.status = 'open' and w.reason not in ('busy', 'error'))
       order by h.id
       limit p_limit
    ) s;
  if v_chats is null then
    return null;
  end if;
  perform private.link_chats_safely(v_chats);
  return v_chats[cardinality(v_chats)];
end
$$;

revoke execute on function
  private.sync_customers_from_new_chats(),
  private.sync_customers_from_changed_chats(),
  private.sync_chats_from_customers(),
  private.set_chat_sync(boolean),
  private.link_waiting_chats(uuid, integer)
  from public, anon, authenticated;

-- Every hour, where pg_cron is there; without it, from any scheduler (docs/migration-runbook.md).
do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.schedule(
      'tradesphere-waiting-chats', '7 * * * *',
      $job$select private.link_waiting_chats('00000000-0000-0000-0000-000000000000', 500)$job$);
  end if;
end
$$;
