-- Whose chat is it? (SPEC DB-4) Decided here, once, for the triggers, the data migration and
-- find_or_create_customer_from_chat().
--
-- The order: e-mail, then phone, then exact name. What several customers have in common decides only
-- together with a second identity that singles one out; otherwise the chat waits for a person.

-- The customer an id stands for today: itself, or whom it was merged into. Null when that one was deleted.
create function private.living_customer(p_company uuid, p_id uuid)
returns uuid
language sql stable
set search_path = ''
as $$
  with recursive chain as (
    select c.id, c.merged_into, c.deleted_at, 1 as step
      from public.customers c
     where c.company_id = p_company and c.id = p_id
     union all
    select c.id, c.merged_into, c.deleted_at, chain.step + 1
      from chain
      join public.customers c on c.company_id = p_company and c.id = chain.merged_into
     where chain.deleted_at is not null and chain.step < 50
  )
  select chain.id from chain where chain.deleted_at is null limit 1
$$;

-- Who has this identity now; when nobody has, whom a chat used it for before (an e-mail of somebody
-- whose customer shows another one). At most 50 are looked at: that many share nothing personal.
create function private.identity_holders(p_company uuid, p_kind text, p_key text)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  v_holders uuid[];
begin
  if p_key is null then
    return '{}';
  end if;
  if p_kind = 'email' then
    select array_agg(distinct h.id) into v_holders from (
      select case when c.deleted_at is null then c.id else private.living_customer(p_company, c.merged_into) end as id
        from public.customers c where c.company_id = p_company and c.email_key = p_key limit 50) h where h.id is not null;
  elsif p_kind = 'phone' then
    select array_agg(distinct h.id) into v_holders from (
      select case when c.deleted_at is null then c.id else private.living_customer(p_company, c.merged_into) end as id
        from public.customers c where c.company_id = p_company and c.phone_key = p_key limit 50) h where h.id is not null;
  else
    select array_agg(distinct h.id) into v_holders from (
      select case when c.deleted_at is null then c.id else private.living_customer(p_company, c.merged_into) end as id
        from public.customers c where c.company_id = p_company and c.name_key = p_key limit 50) h where h.id is not null;
  end if;
  -- A name that a chat used once says nothing about the next person of that name.
  if v_holders is null and p_kind <> 'name' then
    select array_agg(h.id) into v_holders from (
      -- Not a condition: that would invite the planner to read all claims of the company by their customers.
      select case when k.customer_id is not null then private.living_customer(p_company, k.customer_id) end as id
        from private.identity_claims k
       where k.company_id = p_company and k.kind = p_kind and k.key = private.claim_key(p_key)) h where h.id is not null;
  end if;
  return coalesce(v_holders, '{}');
end
$$;

-- The words of a name, folded and sorted: "Schmidt, Änne" and "anne schmidt" are one.
create function private.name_words(p_name text)
returns text[]
language sql stable
set search_path = ''
as $$
  select array(
    select w from regexp_split_to_table(private.fold(left(p_name, 200)), '[^[:alnum:]]+') as w where w <> '' order by w)
$$;

-- Whether two spellings can be one person's: every word of the shorter one is in the longer one, as
-- it is, as an initial, or with one typing error.
create function private.names_agree(p_a text, p_b text)
returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_short text[] := private.name_words(p_a);
  v_long text[] := private.name_words(p_b);
  v_swap text[];
begin
  if private.name_key(p_a) is null or private.name_key(p_b) is null then
    return true;
  end if;
  if cardinality(v_short) > cardinality(v_long) then
    v_swap := v_short;
    v_short := v_long;
    v_long := v_swap;
  end if;
  return not exists (
    select from unnest(v_short) as s (word)
     where not exists (
       select from unnest(v_long) as l (word)
        where l.word = s.word
           -- The initial of a word that is not there in full.
           or (length(s.word) = 1 and l.word like s.word || '%' and l.word <> all (v_short))
           or (length(l.word) = 1 and s.word like l.word || '%' and s.word <> all (v_long))
           or (least(length(s.word), length(l.word)) >= 3 and greatest(length(s.word), length(l.word)) <= 40
               and (extensions.levenshtein_less_equal(s.word, l.word, 1) <= 1
                    -- Two letters swapped: two edits, but the same letters.
                    or (length(s.word) = length(l.word) and extensions.levenshtein_less_equal(s.word, l.word, 2) <= 2
                        and array(select x from regexp_split_to_table(s.word, '') x order by x)
                            = array(select x from regexp_split_to_table(l.word, '') x order by x))))));
end
$$;

-- Which of some customers a name can mean: those of exactly that name, else those whose name agrees.
create function private.those_called(p_company uuid, p_customers uuid[], p_name_key text, p_name text)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  v_found uuid[];
begin
  if p_name_key is null then
    return '{}';
  end if;
  v_found := array(
    select c.id from public.customers c
     where c.company_id = p_company and c.id = any (p_customers) and c.name_key = p_name_key);
  if cardinality(v_found) = 0 then
    v_found := array(
      select c.id from public.customers c
       where c.company_id = p_company and c.id = any (p_customers) and private.names_agree(c.customer_name, p_name));
  end if;
  return v_found;
end
$$;

-- The verdict on one chat. customer_id: whose it is. reason 'new': nobody's yet. Otherwise why a
-- person must decide, with the candidates, best first.
create type private.chat_match as (customer_id uuid, reason text, candidates uuid[]);

create function private.match_chat(
  p_company uuid, p_email_key text, p_phone_key text, p_name_key text, p_name text)
returns private.chat_match
language plpgsql stable
set search_path = ''
as $$
declare
  v_email uuid[] := private.identity_holders(p_company, 'email', p_email_key);
  v_phone uuid[];
  v_name uuid[];
  v_both uuid[];
  v_alike uuid[];
  v_other public.customers;
begin
  if p_email_key is null and p_phone_key is null and p_name_key is null then
    return (null::uuid, 'no_contact'::text, '{}'::uuid[]);
  end if;
  if cardinality(v_email) = 1 then
    return (v_email[1], 'email'::text, '{}'::uuid[]);
  end if;
  -- It would pass by a customer whose phone is not read anew yet, and make a second one.
  if p_phone_key is not null and private.is_rekeying(p_company) then
    return (null::uuid, 'busy'::text, '{}'::uuid[]);
  end if;

  v_phone := private.identity_holders(p_company, 'phone', p_phone_key);
  if cardinality(v_email) > 1 then
    v_both := array(select e from unnest(v_email) e where e = any (v_phone));
    if cardinality(v_both) = 1 then
      return (v_both[1], 'email_and_phone'::text, '{}'::uuid[]);
    end if;
    v_alike := private.those_called(p_company, v_email, p_name_key, p_name);
    if cardinality(v_alike) = 1 then
      return (v_alike[1], 'email_and_name'::text, '{}'::uuid[]);
    end if;
    return (null::uuid, 'shared_email'::text, array(
      select e from unnest(v_email) e order by e = any (v_phone) desc, e = any (v_alike) desc, e limit 20));
  end if;

  if cardinality(v_phone) = 1 then
    -- Another name and another e-mail: a phone in the hall, not a person.
    select * into v_other from public.customers c where c.company_id = p_company and c.id = v_phone[1];
    if v_other.email_key <> p_email_key and not private.names_agree(v_other.customer_name, p_name) then
      return (null::uuid, 'phone_of_another'::text, v_phone);
    end if;
    return (v_phone[1], 'phone'::text, '{}'::uuid[]);
  end if;
  if cardinality(v_phone) > 1 then
    v_alike := private.those_called(p_company, v_phone, p_name_key, p_name);
    if cardinality(v_alike) = 1 then
      return (v_alike[1], 'phone_and_name'::text, '{}'::uuid[]);
    end if;
    return (null::uuid, 'shared_phone'::text, array(
      select p from unnest(v_phone) p order by p = any (v_alike) desc, p limit 20));
  end if;

  v_name := private.identity_holders(p_company, 'name', p_name_key);
  if cardinality(v_name) = 0 then
    return (null::uuid, 'new'::text, '{}'::uuid[]);
  end if;
  -- Somebody of the same name with another e-mail or phone is somebody else.
  v_both := array(
    select c.id from public.customers c
     where c.company_id = p_company and c.id = any (v_name)
       and (c.email_key = p_email_key) is not false
       and (c.phone_key = p_phone_key) is not false
     order by c.id);
  if cardinality(v_both) = 0 then
    return (null::uuid, 'new'::text, '{}'::uuid[]);
  end if;
  if cardinality(v_name) = 1 then
    return (v_name[1], 'name'::text, '{}'::uuid[]);
  end if;
  return (null::uuid, 'shared_name'::text, v_both[1:20]);
end
$$;

-- Puts a chat into the review queue; what was open about it before is settled.
create function private.queue_chat(
  p_company uuid, p_chat uuid, p_reason text, p_candidates uuid[], p_detail text default null)
returns void
language sql
set search_path = ''
as $$
  update public.chat_link_candidates w
     set status = 'settled'
   where w.company_id = p_company and w.chat_id = p_chat and w.status = 'open';
  insert into public.chat_link_candidates (company_id, chat_id, customer_id, rank, reason, detail)
  select p_company, p_chat, c.id, c.rank, p_reason, p_detail
    from unnest(case when cardinality(p_candidates) = 0 then array[null::uuid] else p_candidates end)
         with ordinality as c (id, rank)
      on conflict (company_id, chat_id, customer_id)
      do update set status = 'open', rank = excluded.rank, reason = excluded.reason, detail = excluded.detail;
$$;

-- Offers a value that differs from the customer's. Nothing of more than 500 characters is a value.
create function private.suggest(p_company uuid, p_customer uuid, p_field text, p_value text, p_chat uuid)
returns void
language sql
set search_path = ''
as $$
  insert into public.customer_suggestions (company_id, customer_id, field, value, chat_id)
  select p_company, p_customer, p_field, btrim(p_value), p_chat
   where char_length(btrim(p_value)) between 1 and 500
      on conflict (company_id, customer_id, field, value) do nothing
$$;

-- Takes over what linked chats say of their customer: fills what is empty, suggests what differs,
-- counts. The customer's row is locked, so that chats of one customer count one after another.
create function private.absorb_chats(p_company uuid, p_customer uuid, p_chats uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  c public.customers;
  v record;
  v_was text[];
  v_new_country text;
begin
  select * into c from public.customers where company_id = p_company and id = p_customer for no key update;
  v_was := array[c.customer_name, c.customer_email, c.customer_phone, c.customer_address];
  -- While phones are read anew neither key is to be trusted.
  select o.country into v_new_country from public.companies o where o.id = p_company and private.is_rekeying(p_company);
  if v_new_country is not null then
    c.phone_key := private.phone_key(c.customer_phone, v_new_country);
  end if;
  for v in
    select h.id, h.customer_name, h.customer_email, h.customer_phone, h.customer_address, h.name_key, h.email_key, h.phone_key
      from public."VC Usage" h
     where h.company_id = p_company and h.id = any (p_chats)
     order by h.created_at, h.id
  loop
    if v_new_country is not null then
      v.phone_key := private.phone_key(v.customer_phone, v_new_country);
    end if;
    if v.name_key is not null then
      -- A customer made from a chat without a name is called by its e-mail or phone.
      if c.customer_name in (c.customer_email, c.customer_phone) then
        c.customer_name := left(btrim(v.customer_name), 200);
      elsif c.name_key <> v.name_key and private.name_words(c.customer_name) <> private.name_words(v.customer_name) then
        perform private.suggest(p_company, p_customer, 'name', left(v.customer_name, 200), v.id);
      end if;
    end if;
    if v.email_key is not null and v.email_key is distinct from private.email_key(c.customer_email) then
      if c.customer_email is null
         and not exists (select from unnest(private.identity_holders(p_company, 'email', v.email_key)) h where h <> p_customer) then
        c.customer_email := v.email_key;
      else
        perform private.suggest(p_company, p_customer, 'email', v.email_key, v.id);
      end if;
    end if;
    if v.phone_key is not null and (c.customer_phone is null or c.phone_key is not null and v.phone_key <> c.phone_key) then
      if c.customer_phone is null
         and not exists (select from unnest(private.identity_holders(p_company, 'phone', v.phone_key)) h where h <> p_customer) then
        c.customer_phone := left(btrim(v.customer_phone), 64);
        c.phone_key := v.phone_key;
      else
        perform private.suggest(p_company, p_customer, 'phone', left(v.customer_phone, 64), v.id);
      end if;
    end if;
    if btrim(v.customer_address) <> '' then
      if c.customer_address is null then
        c.customer_address := left(btrim(v.customer_address), 500);
      elsif private.fold(regexp_replace(c.customer_address, '[\s,.]+', '', 'g'))
            <> private.fold(regexp_replace(v.customer_address, '[\s,.]+', '', 'g')) then
        perform private.suggest(p_company, p_customer, 'address', v.customer_address, v.id);
      end if;
    end if;
  end loop;
  select count(*), greatest(c.last_seen_at, max(h.created_at))
    into c.conversation_count, c.last_seen_at
    from public."VC Usage" h
   where h.company_id = p_company and h.customer_id = p_customer;
  if v_was is distinct from array[c.customer_name, c.customer_email, c.customer_phone, c.customer_address] then
    -- Who the log says it was, where nobody is signed in.
    perform set_config('tradesphere.actor', 'Chat assistant', true);
    update public.customers t
       set customer_name = c.customer_name,
           customer_email = c.customer_email,
           customer_phone = c.customer_phone,
           customer_address = c.customer_address,
           conversation_count = c.conversation_count,
           last_seen_at = c.last_seen_at
     where t.company_id = p_company and t.id = p_customer;
    perform set_config('tradesphere.actor', '', true);
  else
    -- Naming the contact columns alone makes triggers work out their keys.
    update public.customers t
       set conversation_count = c.conversation_count, last_seen_at = c.last_seen_at
     where t.company_id = p_company and t.id = p_customer;
  end if;
end
$$;

-- Counts anew, for customers that lost or gained chats by other ways. In id order, against deadlocks.
create function private.recount_customers(p_customers uuid[])
returns void
language sql
set search_path = ''
as $$
  with locked as materialized (
    select c.id, c.company_id from public.customers c where c.id = any (p_customers) order by c.id for no key update
  ),
  counted as (
    select l.id, count(h.id) as chats, max(h.created_at) as latest
      from locked l
      left join public."VC Usage" h on h.company_id = l.company_id and h.customer_id = l.id
     group by l.id
  )
  update public.customers t
     set conversation_count = n.chats, last_seen_at = greatest(t.last_seen_at, n.latest)
    from counted n
   where t.id = n.id
     and (t.conversation_count <> n.chats or n.latest > t.last_seen_at or (t.last_seen_at is null and n.latest is not null))
$$;

-- Remembers that identities led to a customer; one that stands for somebody already stays theirs. An
-- upsert finds each by its whole key, whatever the statistics say: with an UPDATE of three keys, a planner
-- with old ones reads all claims of the company.
create function private.keep_claims(p_company uuid, p_email_key text, p_phone_key text, p_name_key text, p_customer uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.identity_claims as i (company_id, kind, key, customer_id)
  select p_company, k.kind, private.claim_key(k.key), p_customer
    from (values ('email', p_email_key), ('name', p_name_key), ('phone', p_phone_key)) as k (kind, key)
   where k.key is not null
      on conflict (company_id, kind, key) do update set customer_id = excluded.customer_id
         where i.customer_id is null
            or (i.customer_id <> excluded.customer_id and private.living_customer(i.company_id, i.customer_id) is null)
$$;

-- Gives each chat its customer, making those that are missing; what can't be decided goes to the
-- review queue. Locks in one order only (claims by key, then customers by id), so that callers that
-- do nothing else in their transaction never deadlock.
create function private.link_chats(p_chats uuid[], p_source text default 'auto_sync', p_creator text default 'Chat assistant')
returns void
language plpgsql
set search_path = ''
-- The plan for one chat is the plan for many: planning anew each time took a tenth of the trigger's time.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v record;
  v_match private.chat_match;
  v_customer uuid;
  v_made uuid[] := '{}';
  -- Of each link made: company, chat, customer.
  v_companies uuid[] := '{}';
  v_linked uuid[] := '{}';
  v_customers uuid[] := '{}';
begin
  -- In the order of the keys. The update is never made: it waits for whoever has the claim, and holds it.
  insert into private.identity_claims as i (company_id, kind, key)
  select distinct h.company_id, k.kind, private.claim_key(k.key)
    from public."VC Usage" h
   cross join lateral (values ('email', h.email_key), ('name', h.name_key), ('phone', h.phone_key)) as k (kind, key)
   where h.id = any (p_chats) and k.key is not null
   order by 1, 2, 3
      on conflict (company_id, kind, key) do update set customer_id = i.customer_id where false;

  for v in
    select h.id, h.company_id, h.customer_name, h.customer_email, h.customer_phone, h.customer_address,
           h.name_key, h.email_key, h.phone_key, h.created_at, h.customer_id
      from public."VC Usage" h
     -- Not "without a customer": the planner might read all that wait, by their own index.
     where h.id = any (p_chats)
     order by h.company_id, h.email_key, h.phone_key, h.created_at, h.id
  loop
    continue when v.customer_id is not null;
    loop
      v_match := private.match_chat(v.company_id, v.email_key, v.phone_key, v.name_key, v.customer_name);
      v_customer := v_match.customer_id;
      -- The lock waits for a merge or an erasure under way: whoever is gone after it is not matched again.
      exit when v_customer is null or exists (
        select from public.customers c
         where c.company_id = v.company_id and c.id = v_customer and c.deleted_at is null
           for key share);
    end loop;
    if v_match.reason = 'new' then
      -- An id in the order of time: customers made one after the other are neighbours in half a dozen indexes.
      insert into public.customers (
        id, company_id, customer_name, customer_email, customer_phone, customer_address, source,
        created_by_user_name, created_at, last_seen_at, conversation_count, name_key, email_key, phone_key)
      values (
        uuidv7(), v.company_id,
        left(coalesce(case when v.name_key is not null then btrim(v.customer_name) end, v.email_key, btrim(v.customer_phone)), 200),
        v.email_key,
        case when v.phone_key is not null then left(btrim(v.customer_phone), 64) end,
        nullif(left(btrim(v.customer_address), 500), ''),
        'chat', p_creator, least(v.created_at, now()), v.created_at, 1,
        -- What was cut off above has another key, perhaps.
        case when char_length(v.customer_name) <= 200 then v.name_key end,
        v.email_key,
        case when char_length(v.customer_phone) <= 64 then v.phone_key end)
      returning id into v_customer;
      v_made := v_made || v_customer;
    elsif v_customer is null then
      -- A chat with nothing to go by is no work for anybody, unless it says something unreadable.
      if v_match.reason <> 'no_contact'
         or coalesce(btrim(v.customer_email), '') <> '' or coalesce(btrim(v.customer_phone), '') <> '' then
        perform private.queue_chat(v.company_id, v.id, v_match.reason, v_match.candidates);
      end if;
      continue;
    end if;

    perform private.keep_claims(v.company_id, v.email_key, v.phone_key, v.name_key, v_customer);
    update public."VC Usage" h
       set customer_id = v_customer, customer_linked_at = now(), customer_link_source = p_source
     where h.id = v.id
    -- Somebody else's by now, if that customer was merged away in between (follow_merge).
    returning h.customer_id into v_customer;
    continue when not found;
    -- Asked first: a statement that writes nothing calls the statement triggers all the same. Chat by chat: a join
    -- with all of them, planned while the queue was short, would read the whole queue for each.
    if exists (
      select from public.chat_link_candidates w
       where w.company_id = v.company_id and w.chat_id = v.id and w.status = 'open') then
      update public.chat_link_candidates w
         set status = 'settled'
       where w.company_id = v.company_id and w.chat_id = v.id and w.status = 'open';
    end if;
    v_companies := v_companies || v.company_id;
    v_linked := v_linked || v.id;
    v_customers := v_customers || v_customer;
  end loop;

  for v in
    select l.company_id, l.customer_id, array_agg(l.chat_id) as chats
      from unnest(v_companies, v_customers, v_linked) as l (company_id, customer_id, chat_id)
     group by 1, 2
     order by 2
  loop
    -- A new customer with one chat was made of it: nothing to take over.
    if cardinality(v.chats) > 1 or v.customer_id <> all (v_made) then
      perform private.absorb_chats(v.company_id, v.customer_id, v.chats);
    end if;
  end loop;
end
$$;

-- The same for whoever must not fail because of us: the INSERT of the assistant. A deadlock (a
-- transaction of several statements in an order of its own) is tried again; of a batch with a bad
-- chat the others are linked; the bad one waits in the review queue, with the reason.
create function private.link_chats_safely(
  p_chats uuid[], p_source text default 'auto_sync', p_creator text default 'Chat assistant')
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_reason text;
  v_state text;
  v_constraint text;
begin
  for v_attempt in 1 .. 3 loop
    begin
      perform private.link_chats(p_chats, p_source, p_creator);
      return;
    exception
      when deadlock_detected or lock_not_available or serialization_failure then
        v_reason := 'busy';
        get stacked diagnostics v_state = returned_sqlstate;
      when others then
        v_reason := 'error';
        get stacked diagnostics v_state = returned_sqlstate, v_constraint = constraint_name;
        exit;
    end;
  end loop;
  if cardinality(p_chats) > 1 then
    for i in 1 .. cardinality(p_chats) loop
      perform private.link_chats_safely(p_chats[i:i], p_source, p_creator);
    end loop;
    return;
  end if;
  begin
    perform private.queue_chat(h.company_id, h.id, v_reason, '{}', concat_ws(' ', v_state, nullif(v_constraint, '')))
       from public."VC Usage" h where h.id = p_chats[1];
  exception when others then
    raise warning 'A chat could be neither linked nor queued (SQLSTATE %).', sqlstate;
  end;
end
$$;

-- The roadmap's function, for the service role: the customer of a chat, made where it is missing.
-- {"customerId", "reason", "candidates": [id]}; reason: how it was found, 'new', or why it waits.
create function private.find_or_create_customer_from_chat(p_company uuid, p_chat uuid)
returns json
language plpgsql security definer
set search_path = ''
as $$
declare
  v_answer json;
begin
  if not exists (select from public."VC Usage" h where h.company_id = p_company and h.id = p_chat) then
    raise exception 'There is no such conversation in this company.' using errcode = 'P0002';
  end if;
  perform private.link_chats_safely(array[p_chat]);
  select json_build_object(
           'customerId', h.customer_id,
           'reason', case when h.customer_id is null then min(w.reason) else 'linked' end,
           'candidates', coalesce(json_agg(w.customer_id order by w.rank) filter (where w.customer_id is not null), '[]'))
    into v_answer
    from public."VC Usage" h
    left join public.chat_link_candidates w on w.company_id = h.company_id and w.chat_id = h.id and w.status = 'open'
   where h.company_id = p_company and h.id = p_chat
   group by h.customer_id;
  return v_answer;
end
$$;

create function public.find_or_create_customer_from_chat(p_company uuid, p_chat uuid)
returns json
language sql
set search_path = ''
as $$ select private.find_or_create_customer_from_chat(p_company, p_chat) $$;

revoke execute on function
  private.living_customer(uuid, uuid),
  private.identity_holders(uuid, text, text),
  private.name_words(text),
  private.names_agree(text, text),
  private.those_called(uuid, uuid[], text, text),
  private.match_chat(uuid, text, text, text, text),
  private.queue_chat(uuid, uuid, text, uuid[], text),
  private.suggest(uuid, uuid, text, text, uuid),
  private.absorb_chats(uuid, uuid, uuid[]),
  private.recount_customers(uuid[]),
  private.keep_claims(uuid, text, text, text, uuid),
  private.link_chats(uuid[], text, text),
  private.link_chats_safely(uuid[], text, text),
  private.find_or_create_customer_from_chat(uuid, uuid),
  public.find_or_create_customer_from_chat(uuid, uuid)
  from public, anon, authenticated;
grant execute on function
  private.find_or_create_customer_from_chat(uuid, uuid),
  public.find_or_create_customer_from_chat(uuid, uuid)
  to service_role;
