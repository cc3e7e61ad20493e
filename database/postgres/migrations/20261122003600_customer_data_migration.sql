-- CUSTOMER-DATA-MIGRATION (SPEC DB-5): customers out of the chats that were there before. In steps
-- that database/postgres/data-migration.ts calls, each batch in a transaction of its own: a run that
-- was killed goes on where it stopped, a run that finished has nothing left to do.
--
-- Chats that share an e-mail or a phone, over any number of steps, are one identity and become one
-- customer. A phone that chats with other names and other e-mails have, too, joins only chats whose
-- names agree: a household.

create table private.data_migrations (
  company_id uuid primary key,
  -- The last step that is complete.
  step text not null default 'none',
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint data_migrations_step_valid
    check (step in ('none', 'backup', 'identify', 'create', 'link', 'enrich', 'duplicates', 'done'))
);

-- The legacy rows as they were, by their legacy columns.
create table private.data_migration_backup (
  company_id uuid not null,
  source text not null,
  row_id uuid not null,
  content jsonb not null,
  primary key (company_id, source, row_id)
);

-- Which chats are one identity, while the migration runs.
create table private.data_migration_chats (
  company_id uuid not null,
  chat_id uuid not null,
  identity bigint not null,
  email_key text,
  -- Null for a shared phone: nobody's own.
  phone_key text,
  -- What joins chats beside the e-mail: the phone, of a shared one together with the name.
  bridge text,
  customer_id uuid,
  -- An identity that a customer has already is linked by the rules of the triggers.
  by_rules boolean not null default false,
  primary key (company_id, chat_id)
);
create index data_migration_chats_identity_idx on private.data_migration_chats (company_id, identity);

-- Customers that may be one and the same, for people to look at; nothing is merged.
create table private.data_migration_duplicates (
  company_id uuid not null,
  customer_id uuid not null,
  other_customer_id uuid not null,
  score numeric not null,
  reasons text[] not null,
  primary key (company_id, customer_id, other_customer_id),
  constraint data_migration_duplicates_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id) on delete cascade,
  constraint data_migration_duplicates_other_fkey foreign key (company_id, other_customer_id)
    references public.customers (company_id, id) on delete cascade
);
create index data_migration_duplicates_other_idx on private.data_migration_duplicates (company_id, other_customer_id);

alter table private.data_migrations enable row level security;
alter table private.data_migrations force row level security;
alter table private.data_migration_backup enable row level security;
alter table private.data_migration_backup force row level security;
alter table private.data_migration_chats enable row level security;
alter table private.data_migration_chats force row level security;
alter table private.data_migration_duplicates enable row level security;
alter table private.data_migration_duplicates force row level security;

-- Step 1. A copy of every row of the chat log and of the interactions; returns how many were copied.
create function private.data_migration_backup(p_company uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_columns text[];
  v_copied integer;
  v_all integer := 0;
  v_source text;
begin
  foreach v_source in array array['VC Usage', 'customer_interactions'] loop
    select s.columns into v_columns from private.legacy_shapes s where s.table_name = v_source;
    execute format(
      'insert into private.data_migration_backup (company_id, source, row_id, content)
       select t.company_id, %1$L, t.id,
              case when $2 is null then to_jsonb(t)
                   else (select jsonb_object_agg(e.key, e.value) from jsonb_each(to_jsonb(t)) e where e.key = any ($2)) end
         from public.%1$I t where t.company_id = $1
           on conflict do nothing', v_source) using p_company, v_columns;
    get diagnostics v_copied = row_count;
    v_all := v_all + v_copied;
  end loop;
  return v_all;
end
$$;

-- Step 2. What there is to do: counts of chats and of what they say.
create function private.data_migration_scope(p_company uuid)
returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'chats', count(*),
    'withEmail', count(h.email_key),
    'withPhone', count(h.phone_key),
    'withContact', count(*) filter (where h.email_key is not null or h.phone_key is not null or h.name_key is not null),
    'nameOnly', count(*) filter (where h.email_key is null and h.phone_key is null and h.name_key is not null),
    'unreadable', count(*) filter (
      where h.email_key is null and h.phone_key is null and h.name_key is null
        and (coalesce(btrim(h.customer_email), '') <> '' or coalesce(btrim(h.customer_phone), '') <> '')),
    'linked', count(h.customer_id))
  from public."VC Usage" h
  where h.company_id = p_company
$$;

-- Step 3. Connected components over e-mails and phones, by handing on the smallest number until nothing
-- changes. Returns the number of identities.
create function private.data_migration_identify(p_company uuid)
returns integer
language plpgsql
set search_path = ''
-- The planner takes the rows of a company that was just filled for one row: minutes at 100,000 chats.
set enable_nestloop = off
as $$
declare
  v_changed integer;
  v_more integer;
begin
  delete from private.data_migration_chats c where c.company_id = p_company;
  with chats as materialized (
    select h.id, h.email_key, h.phone_key, h.customer_name,
           case when h.name_key is not null then array_to_string(private.name_words(h.customer_name), ' ') end as words,
           row_number() over (order by h.created_at, h.id) as number
      from public."VC Usage" h
     where h.company_id = p_company and h.customer_id is null
       and (h.email_key is not null or h.phone_key is not null)
  ),
  -- Each e-mail with the spelling it was used with most: two typing errors are not compared.
  called as materialized (
    select distinct on (n.email_key) n.email_key, n.words
      from (select c.email_key, c.words, count(*) as uses from chats c where c.email_key is not null group by 1, 2) n
     order by n.email_key, (n.words like '% %') desc nulls last, n.uses desc, n.words
  ),
  users as materialized (
    select distinct c.phone_key, c.email_key, n.words
      from chats c join called n on n.email_key = c.email_key
     where c.phone_key is not null
  ),
  shared as materialized (
    -- More e-mails than a person has: no need to compare names.
    select u.phone_key from users u group by u.phone_key having count(distinct u.email_key) > 12
     union
    select a.phone_key
      from users a
      join users b on b.phone_key = a.phone_key and b.email_key > a.email_key
     where a.words <> b.words and not private.names_agree(a.words, b.words)
       -- An e-mail with a typing error is no other e-mail.
       and extensions.levenshtein_less_equal(left(a.email_key, 120), left(b.email_key, 120), 2) > 2
  ),
  -- Who of a household: each spelling stands for the most frequent one that it agrees with. A chat
  -- without a name has the name of its e-mail.
  household as materialized (
    select c.id, c.phone_key, coalesce(c.words, n.words) as words
      from chats c
      join shared s on s.phone_key = c.phone_key
      left join called n on n.email_key = c.email_key
  ),
  spellings as materialized (
    select h.phone_key, h.words, count(*) as uses from household h where h.words like '% %' group by 1, 2
  ),
  members as materialized (
    select distinct on (a.phone_key, a.words) a.phone_key, a.words, b.words as member
      from spellings a
      join spellings b on b.phone_key = a.phone_key and (b.words = a.words or private.names_agree(a.words, b.words))
     order by a.phone_key, a.words, b.uses desc, b.words
  )
  insert into private.data_migration_chats (company_id, chat_id, identity, email_key, phone_key, bridge)
  select p_company, c.id, c.number, c.email_key,
         case when s.phone_key is null then c.phone_key end,
         case when s.phone_key is null then c.phone_key else m.phone_key || ' ' || m.member end
    from chats c
    left join shared s on s.phone_key = c.phone_key
    left join household h on h.id = c.id
    left join members m on m.phone_key = h.phone_key and m.words = h.words
   -- A shared phone and no name to tell by: by the rules, and then to a person.
   where c.email_key is not null or s.phone_key is null or m.phone_key is not null;

  loop
    with least as materialized (
      select c.email_key, min(c.identity) as identity
        from private.data_migration_chats c
       where c.company_id = p_company and c.email_key is not null group by c.email_key
    )
    update private.data_migration_chats c
       set identity = l.identity
      from least l
     where c.company_id = p_company and c.email_key = l.email_key and c.identity > l.identity;
    get diagnostics v_changed = row_count;
    with least as materialized (
      select c.bridge, min(c.identity) as identity
        from private.data_migration_chats c
       where c.company_id = p_company and c.bridge is not null group by c.bridge
    )
    update private.data_migration_chats c
       set identity = l.identity
      from least l
     where c.company_id = p_company and c.bridge = l.bridge and c.identity > l.identity;
    get diagnostics v_more = row_count;
    exit when v_changed + v_more = 0;
  end loop;
  return (select count(distinct c.identity) from private.data_migration_chats c where c.company_id = p_company);
end
$$;

-- Step 4. One customer for each of the next p_limit identities; returns how many identities were
-- looked at, 0 when all are done. The claims come first, as in the triggers: a chat of the same
-- person that comes in meanwhile waits, and then finds this customer.
create function private.data_migration_create(p_company uuid, p_limit integer)
returns integer
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
declare
  v_identities bigint[];
begin
  select array_agg(s.identity)
    into v_identities
    from (
      select distinct c.identity
        from private.data_migration_chats c
       where c.company_id = p_company and c.customer_id is null and not c.by_rules
       order by c.identity limit p_limit
    ) s;
  if v_identities is null then
    return 0;
  end if;

  insert into private.identity_claims (company_id, kind, key)
  select distinct p_company, k.kind, private.claim_key(k.key)
    from private.data_migration_chats c
   cross join lateral (values ('email', c.email_key), ('phone', c.phone_key)) as k (kind, key)
   where c.company_id = p_company and c.identity in (select unnest(v_identities)) and k.key is not null
   order by 1, 2, 3
      on conflict do nothing;
  perform
     from (
       select distinct k.kind, private.claim_key(k.key) as key
         from private.data_migration_chats c
        cross join lateral (values ('email', c.email_key), ('phone', c.phone_key)) as k (kind, key)
        where c.company_id = p_company and c.identity in (select unnest(v_identities)) and k.key is not null
        order by 1, 2
     ) w
    cross join lateral (
       select from private.identity_claims i
        where i.company_id = p_company and i.kind = w.kind and i.key = w.key
          for no key update
     ) locked;

  -- Somebody has one of its e-mails or phones, or is known by this name and nothing else.
  update private.data_migration_chats c
     set by_rules = true
   where c.company_id = p_company
     and c.identity in (
       select k.identity
         from private.data_migration_chats k
         join public."VC Usage" h on h.company_id = p_company and h.id = k.chat_id
        where k.company_id = p_company and k.identity in (select unnest(v_identities))
          and (h.customer_id is not null
               or cardinality(private.identity_holders(p_company, 'email', k.email_key)) > 0
               or cardinality(private.identity_holders(p_company, 'phone', k.phone_key)) > 0
               or exists (
                 select from public.customers n
                  where n.company_id = p_company and n.name_key = h.name_key and n.deleted_at is null
                    and n.customer_email is null and n.customer_phone is null)));

  with chats as materialized (
    select c.identity, h.customer_name, h.name_key, h.email_key, h.phone_key, h.customer_phone, h.customer_address, h.created_at, h.id
      from private.data_migration_chats c
      join public."VC Usage" h on h.company_id = p_company and h.id = c.chat_id
     where c.company_id = p_company and c.identity in (select unnest(v_identities)) and not c.by_rules
  ),
  -- The spelling that was used most, without initials; of equals the one in mixed case, then the fullest.
  names as (
    select distinct on (s.identity) s.identity, s.name
      from (select c.identity, btrim(c.customer_name) as name, count(*) as uses
              from chats c where c.name_key is not null group by 1, 2) s
     order by s.identity, s.name ~ '(^|\s)\w\.?(\s|$)', s.uses desc, (s.name <> lower(s.name) and s.name <> upper(s.name)) desc, length(s.name) desc, s.name
  ),
  emails as (
    select distinct on (s.identity) s.identity, s.email_key
      from (select c.identity, c.email_key, count(*) as uses, max(c.created_at) as latest
              from chats c where c.email_key is not null group by 1, 2) s
     order by s.identity, s.uses desc, s.latest desc, s.email_key
  ),
  phones as (
    select distinct on (s.identity) s.identity, s.phone
      from (select c.identity, (array_agg(btrim(c.customer_phone) order by c.created_at desc, c.id))[1] as phone,
                   c.phone_key, count(*) as uses, max(c.created_at) as latest
              from chats c
             where c.phone_key is not null
             group by c.identity, c.phone_key) s
     order by s.identity, s.uses desc, s.latest desc, s.phone_key
  ),
  addresses as (
    select distinct on (c.identity) c.identity, btrim(c.customer_address) as address
      from chats c where btrim(c.customer_address) <> ''
     order by c.identity, c.created_at desc, c.id
  ),
  people as materialized (
    select g.identity, gen_random_uuid() as id, n.name, e.email_key, p.phone, a.address, g.first_seen, g.last_seen, g.chats
      from (select c.identity, min(c.created_at) as first_seen, max(c.created_at) as last_seen, count(*) as chats
              from chats c group by c.identity) g
      left join names n on n.identity = g.identity
      left join emails e on e.identity = g.identity
      left join phones p on p.identity = g.identity
      left join addresses a on a.identity = g.identity
  ),
  made as (
    insert into public.customers (
      id, company_id, customer_name, customer_email, customer_phone, customer_address, source, created_by_user_name,
      created_at, last_seen_at, conversation_count)
    select p.id, p_company, left(coalesce(p.name, p.email_key, p.phone), 200), p.email_key, left(p.phone, 64),
           nullif(left(p.address, 500), ''), 'chat', 'Data Migration', least(p.first_seen, now()), p.last_seen, p.chats
      from people p
  )
  update private.data_migration_chats c
     set customer_id = p.id
    from people p
   where c.company_id = p_company and c.identity = p.identity;

  update private.identity_claims i
     set customer_id = c.customer_id
    from private.data_migration_chats c
   cross join lateral (values ('email', c.email_key), ('phone', c.phone_key)) as k (kind, key)
   where c.company_id = p_company and c.identity in (select unnest(v_identities)) and c.customer_id is not null
     and i.company_id = p_company and i.kind = k.kind and i.key = private.claim_key(k.key);
  return cardinality(v_identities);
end
$$;

-- Step 5. Links up to p_limit chats; returns how many were looked at, 0 when none is left. Chats of
-- the identities first, the rest by the rules of the triggers. The update trigger counts, and
-- offers what differs between the chats as suggestions.
create function private.data_migration_link(p_company uuid, p_limit integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_chats uuid[];
  v_done integer;
begin
  with batch as materialized (
    select c.chat_id, c.customer_id
      from private.data_migration_chats c
      join public."VC Usage" h on h.company_id = p_company and h.id = c.chat_id
     where c.company_id = p_company and c.customer_id is not null and h.customer_id is null
     -- Whole customers: their chats are taken over in one go.
     order by c.customer_id, c.chat_id
     limit p_limit
  )
  update public."VC Usage" h
     set customer_id = b.customer_id, customer_linked_at = now(), customer_link_source = 'migration'
    from batch b
   where h.company_id = p_company and h.id = b.chat_id and h.customer_id is null;
  get diagnostics v_done = row_count;
  if v_done > 0 then
    return v_done;
  end if;

  select array_agg(s.id)
    into v_chats
    from (
      select h.id
        from public."VC Usage" h
       where h.company_id = p_company and h.customer_id is null
         and (h.name_key is not null or h.email_key is not null or h.phone_key is not null
              or coalesce(btrim(h.customer_email), '') <> '' or coalesce(btrim(h.customer_phone), '') <> '')
         and not exists (
           select from public.chat_link_candidates w
            where w.company_id = p_company and w.chat_id = h.id and w.status = 'open')
       order by h.email_key is null, h.phone_key is null, h.created_at, h.id
       limit least(p_limit, 200)
    ) s;
  if v_chats is null then
    return 0;
  end if;
  perform private.link_chats_safely(v_chats, 'migration', 'Data Migration');
  return cardinality(v_chats);
end
$$;

-- Step 6. The interactions get their customers, by the session of a chat; each migrated customer gets a
-- note about its conversations; counts are made sure of. Returns how many rows were written.
create function private.data_migration_enrich(p_company uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_interactions integer;
  v_notes integer;
begin
  update public.customer_interactions i
     set customer_id = s.customer_id
    from (
      select h.session_id, (array_agg(h.customer_id))[1] as customer_id
        from public."VC Usage" h
       where h.company_id = p_company and h.customer_id is not null and h.session_id is not null
       group by h.session_id
      having count(distinct h.customer_id) = 1
    ) s
   where i.company_id = p_company and i.customer_id is null and i.session_id = s.session_id;
  get diagnostics v_interactions = row_count;

  perform private.recount_customers(array(
    select c.id from public.customers c where c.company_id = p_company and c.created_by_user_name = 'Data Migration'));

  update public.customers c
     set customer_notes = n.note, created_at = least(c.created_at, n.first)
    from (
      select h.customer_id,
             min(h.created_at) as first,
             left(format('%s conversation%s with the chat assistant, %s to %s.', count(*), case when count(*) > 1 then 's' else '' end,
                         to_char(min(h.created_at), 'YYYY-MM-DD'), to_char(max(h.created_at), 'YYYY-MM-DD'))
                  || coalesce(E'\n' || string_agg(distinct '- ' || left(btrim(h.summary), 300), E'\n')
                                         filter (where btrim(h.summary) <> '' and h.newest <= 3), ''), 2000) as note
        from (select v.*, row_number() over (partition by v.customer_id order by v.created_at desc, v.id) as newest
                from public."VC Usage" v where v.company_id = p_company and v.customer_id is not null) h
       group by h.customer_id
    ) n
   where c.company_id = p_company and c.id = n.customer_id
     and c.created_by_user_name = 'Data Migration' and c.customer_notes is null and c.deleted_at is null;
  get diagnostics v_notes = row_count;
  return v_interactions + v_notes;
end
$$;

-- Step 7. Pairs that may be one person in spite of different e-mails and phones. Compared are those
-- that sound alike, or share a phone, an e-mail up to its domain, or all words of the name.
create function private.data_migration_find_duplicates(p_company uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_found integer;
begin
  delete from private.data_migration_duplicates d where d.company_id = p_company;
  with people as materialized (
    select c.id, c.email_key, c.phone_key, private.fold(c.customer_name) as name, private.name_words(c.customer_name) as words
      from public.customers c where c.company_id = p_company and c.deleted_at is null
  ),
  blocks as materialized (
    select distinct b.block, p.id
      from people p
     cross join lateral (
           select 'p' || p.phone_key as block
           union all select 'e' || split_part(p.email_key, '@', 1)
           union all select 'w' || array_to_string(p.words, ' ')
           union all select 'm' || string_agg(extensions.metaphone(left(w, 40), 8), ' ' order by w) from unnest(p.words) w where w ~ '^[a-z]+$'
         ) b
     where length(b.block) > 2
  ),
  pairs as materialized (
    select distinct a.id as a, b.id as b
      from blocks a
      join blocks b on b.block = a.block and b.id > a.id
     where a.block in (select k.block from blocks k group by k.block having count(*) <= 40)
  ),
  scored as (
    select r.a, r.b,
           extensions.similarity(x.name, y.name) as names,
           case when x.phone_key = y.phone_key then 1 end as phones,
           case when x.email_key = y.email_key then 1
                when x.email_key is not null and y.email_key is not null
                  then 1 - extensions.levenshtein_less_equal(left(x.email_key, 120), left(y.email_key, 120), 3)::numeric / 4 end as emails
      from pairs r join people x on x.id = r.a join people y on y.id = r.b
  )
  insert into private.data_migration_duplicates (company_id, customer_id, other_customer_id, score, reasons)
  select p_company, s.a, s.b, t.score,
         array_remove(array[
           case when s.names >= 0.5 then 'name' end,
           case when s.phones = 1 then 'phone' end,
           case when s.emails >= 0.5 then 'email' end], null)
    from scored s
   cross join lateral (
         select round(least(1, s.names::numeric * 0.6 + coalesce(s.phones, 0) * 0.4 + greatest(coalesce(s.emails, 0), 0) * 0.4), 3) as score) t
   where t.score >= 0.6 or s.names >= 0.99;
  get diagnostics v_found = row_count;
  return v_found;
end
$$;

-- Step 8. What must hold now. ok = false: something is wrong and `detail` says how much of it.
create function private.data_migration_verify(p_company uuid)
returns table (name text, ok boolean, detail text)
language sql stable
set search_path = ''
as $$
  with s as (
    select h.*, h.name_key is not null or h.email_key is not null or h.phone_key is not null as has_contact
      from public."VC Usage" h where h.company_id = p_company
  )
  select 'every chat with contact data is linked or waits for a person', count(*) = 0, count(*) || ' are neither'
    from s
   where s.has_contact and s.customer_id is null
     and not exists (select from public.chat_link_candidates w where w.company_id = p_company and w.chat_id = s.id and w.status = 'open')
  union all
  select 'no two customers of the migration share an e-mail', count(*) = 0, count(*) || ' e-mails are shared'
    from (select c.email_key from public.customers c
           where c.company_id = p_company and c.created_by_user_name = 'Data Migration' and c.deleted_at is null and c.email_key is not null
           group by c.email_key having count(*) > 1) d
  union all
  select 'no two customers of the migration share a phone and a name', count(*) = 0, count(*) || ' pairs do'
    from public.customers c
    join public.customers d on d.company_id = p_company and d.phone_key = c.phone_key and d.id > c.id
   where c.company_id = p_company
     and c.created_by_user_name = 'Data Migration' and c.deleted_at is null
     and d.created_by_user_name = 'Data Migration' and d.deleted_at is null
     and private.names_agree(c.customer_name, d.customer_name)
  union all
  select 'counts of conversations are right', count(*) = 0, count(*) || ' customers are miscounted'
    from public.customers c
   where c.company_id = p_company
     and c.conversation_count <> (select count(*) from s where s.customer_id = c.id)
     and c.created_by_user_name = 'Data Migration'
  union all
  select 'links stay inside the company', count(*) = 0, count(*) || ' cross over'
    from s where s.customer_id is not null
     and not exists (select from public.customers c where c.company_id = p_company and c.id = s.customer_id)
$$;

-- Step 9. The working table goes; the backup stays until the administrator drops it
-- (private.drop_data_migration_backup), since it is what a rollback is checked against.
create function private.data_migration_cleanup(p_company uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.data_migration_chats c where c.company_id = p_company;
  update private.data_migrations m set step = 'done', finished_at = coalesce(m.finished_at, now()) where m.company_id = p_company;
$$;

-- For the administrator, once nobody will want to go back: personal data kept twice is kept once too often.
create function private.drop_data_migration_backup()
returns integer
language sql
set search_path = ''
as $$
  with gone as (delete from private.data_migration_backup where true returning 1)
  select count(*)::integer from gone
$$;

-- The roadmap's rollback of the data: the triggers stop, chats say again what they said themselves
-- and lose the links of the migration, and what 'Data Migration' made is deleted. A customer that
-- something newer hangs on (a quote, a merge, an edit by a person) is kept, and counted as such.
-- Replicas start over, since rows are gone that they have.
create function private.undo_data_migration()
returns json
language plpgsql
set search_path = ''
as $$
declare
  v_unlinked integer;
  v_deleted integer := 0;
  v_kept integer := 0;
  v_customers uuid[];
  v_id uuid;
begin
  perform private.set_chat_sync(false);

  update public."VC Usage" h
     set customer_name = k.customer_name, customer_email = k.customer_email,
         customer_phone = k.customer_phone, customer_address = k.customer_address
    from private.chat_contact_originals k
   where h.company_id = k.company_id and h.id = k.chat_id;
  delete from private.chat_contact_originals where true;

  select coalesce(array_agg(c.id), '{}')
    into v_customers
    from public.customers c
   where c.created_by_user_name = 'Data Migration' and c.created_by_user_id is null
     and not exists (select from public.quotes q where q.company_id = c.company_id and q.customer_id = c.id)
     and not exists (select from jsonb_each(c.field_edits) e where e.value ->> 'by' is not null)
     and not exists (
       select from public.customer_interactions i
        where i.company_id = c.company_id and i.customer_id = c.id
          and not exists (select from private.data_migration_backup b
                           where b.company_id = i.company_id and b.source = 'customer_interactions' and b.row_id = i.id));
  update public."VC Usage" h
     set customer_id = null
   where h.customer_link_source = 'migration' or h.customer_id in (select unnest(v_customers));
  get diagnostics v_unlinked = row_count;
  update public.customer_interactions i
     set customer_id = null
    from private.data_migration_backup b
   where b.company_id = i.company_id and b.source = 'customer_interactions' and b.row_id = i.id and i.customer_id is not null;

  -- The log is append-only for everybody; going back to before it existed is the one exception.
  alter table public.audit_log disable trigger audit_log_append_only;
  begin
    delete from public.audit_log a where a.customer_id in (select unnest(v_customers));
    delete from public.customers c where c.id in (select unnest(v_customers));
    get diagnostics v_deleted = row_count;
  exception when foreign_key_violation then
    -- Some table has more to say about one of them: one by one, and that one stays.
    foreach v_id in array v_customers loop
      begin
        delete from public.audit_log a where a.customer_id = v_id;
        delete from public.customers c where c.id = v_id;
        v_deleted := v_deleted + 1;
      exception when foreign_key_violation then
        null;
      end;
    end loop;
  end;
  alter table public.audit_log enable trigger audit_log_append_only;
  select count(*) into v_kept from public.customers c where c.created_by_user_name = 'Data Migration' and c.created_by_user_id is null;

  delete from private.identity_claims where customer_id is null;
  update public.chat_link_candidates set status = 'settled' where status = 'open';
  delete from private.data_migration_chats where true;
  delete from private.data_migrations where true;
  perform private.start_new_sync_epoch();
  return json_build_object('unlinked', v_unlinked, 'deleted', v_deleted, 'kept', v_kept);
end
$$;

revoke execute on function
  private.data_migration_backup(uuid),
  private.data_migration_scope(uuid),
  private.data_migration_identify(uuid),
  private.data_migration_create(uuid, integer),
  private.data_migration_link(uuid, integer),
  private.data_migration_enrich(uuid),
  private.data_migration_find_duplicates(uuid),
  private.data_migration_verify(uuid),
  private.data_migration_cleanup(uuid),
  private.drop_data_migration_backup(),
  private.undo_data_migration()
  from public, anon, authenticated;
