-- Reading without a replica (SPEC DB-2, DB-9, PF-9): list, search, one customer with history.
--
-- Row-level security keeps the planner from using an index for an operator that might leak (LIKE, or a
-- comparison of lower(name)): the policy must come first. So the search for ids runs in definer
-- functions, bounded to the caller's company by the same helper that the policies ask, and the rows
-- are then read by id with the caller's own rights: a mistake in the first half shows nothing.
-- Measured on 1,000,000 customers: 58 ms under the policy, 8 ms this way.

-- A text as a pattern's fixed part.
create function private.like_escaped(p_text text)
returns text
language sql immutable
set search_path = ''
as $$ select replace(replace(replace(p_text, '\', '\\'), '%', '\%'), '_', '\_') $$;

-- What a query asks for: a condition on `c`, with its values quoted, and on which table: the keys of
-- customers, or the texts of customer_search. Null: nothing that could be found. Words of three letters and
-- more may stand anywhere, shorter ones at the beginning of a word (their trigrams would be everywhere).
-- `wide`: the same where a name may also be another form of a word ("bob" for Robert).
-- `rank`, an expression on `c`, orders them as the index on the laptops does (shared/search): 0 when all words
-- are words of the name, 1 when they begin some of it, 2 for other forms of a name, 3 when they begin words of
-- other fields, 4 for the middle of words. (The text begins with the name, with a blank in front of each word.)
create function private.search_condition(
  p_text text, out condition text, out wide text, out by_key boolean, out rank text)
language plpgsql stable
set search_path = ''
as $$
declare
  -- "+44 (0)20 …": nobody dials both.
  v_digits text := ltrim(regexp_replace(replace(p_text, '(0)', ''), '[^0-9]', '', 'g'), '0');
begin
  by_key := false;
  rank := '0';
  if char_length(p_text) < 3 then
    return;
  elsif p_text ~ '^\+?[0-9 ()/.-]+$' and char_length(v_digits) >= 3 then
    -- The search text holds numbers in E.164, too. Zeros in front are for dialling.
    by_key := left(p_text, 1) = '+';
    condition := case
      when by_key then format('c.phone_key like %L', '+' || v_digits || '%')
      else format('c.search_text like %L', '%' || v_digits || '%')
    end;
  elsif p_text ~ '^[^@\s]+@\S*$' then
    by_key := true;
    condition := format('c.email_key like %L', private.like_escaped(p_text) || '%');
  else
    select string_agg(here, ' and '),
           string_agg(case when families = '{}' then here
                           else format('(%s or c.name_families && %L::smallint[])', here, families) end, ' and '),
           format('greatest(%s)', string_agg(
             format('case when strpos(c.search_text || '' '', %1$L) between 1 and char_length(c.name) then 0
                          when strpos(c.search_text, %2$L) between 1 and char_length(c.name) then 1
                          when c.name_families && %3$L::smallint[] then 2
                          when strpos(c.search_text, %2$L) > 0 then 3 else 4 end', ' ' || w || ' ', ' ' || w, families), ', '))
      into condition, wide, rank
      from (select w, private.name_families(w) as families,
                   format('c.search_text like %L',
                          case when char_length(w) < 3 then '% ' else '%' end || private.like_escaped(w) || '%') as here
              from regexp_split_to_table(p_text, '\s+') as t (w) where w <> '' limit 8) words;
  end if;
  wide := coalesce(wide, condition);
end
$$;

-- Ids of the living customers that match: first those whose name begins with the query, by name, then
-- the others, by rank and name. Three steps, each only while something is missing:
--   1. names that begin with the query, from the index of names;
--   2. the first thousand customers by name, looked at one by one: a word that many have ("street")
--      fills a page there, while its trigrams would take ten times as long (not for a key: few share one).
--      What so many have is ordered by name alone, on each page;
--   3. the index of the keys or of the trigrams: whatever gets here is rare.
-- p_fuzzy instead: what looks like the query, by word similarity.
create function private.find_customer_ids(
  p_company uuid, p_query text, p_limit integer, p_offset integer, p_fuzzy boolean)
returns uuid[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  c_walked constant integer := 1000;
  c_many constant integer := 20;
  v_typed text := lower(normalize(btrim(left(p_query, 200)), NFC));
  v_text text := private.fold(normalize(btrim(left(p_query, 200)), NFKC));
  v_like text := private.like_escaped(v_typed) || '%';
  v_search record := private.search_condition(v_text);
  v_wanted integer := p_limit + p_offset;
  v_ids uuid[];
  v_more uuid[];
  v_common boolean := false;
begin
  if p_company is null or not p_company = any (private.my_company_ids()) then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  if v_typed = '' then
    return '{}';
  end if;
  if p_fuzzy then
    return case when char_length(v_text) < 3 then '{}' else array(
      select c.customer_id
        from private.customer_search c
       where c.company_id = p_company and c.search_text operator(extensions.%>) v_text
       order by extensions.word_similarity(v_text, c.search_text) desc, c.name, c.customer_id
       limit p_limit) end;
  end if;

  -- LIKE outside: inside, it would make the planner expect a handful of rows and sort thousands.
  execute
    'select array(
       select n.id
         from (select c.id, lower(c.customer_name) as name
                 from public.customers c
                where c.company_id = $1 and c.deleted_at is null
                  and lower(c.customer_name) >= $2 and lower(c.customer_name) < $3
                order by lower(c.customer_name), c.id limit $5) n
        where n.name like $4 order by n.name, n.id)'
    into v_ids
    using p_company, v_typed, v_typed || chr(1114109), v_like, v_wanted;

  if cardinality(v_ids) < v_wanted and v_search.condition is not null then
    if not v_search.by_key then
      execute format(
        'select array(
           select c.customer_id
             from (select w.* from private.customer_search w where w.company_id = $1 order by w.name, w.customer_id limit $4) c
            where %s and c.name not like $2
            order by c.name, c.customer_id limit $3)', v_search.condition)
        into v_more
        using p_company, v_like, greatest(v_wanted - cardinality(v_ids), c_many), c_walked;
      v_common := cardinality(v_more) >= c_many;
    end if;
    if v_search.by_key or not v_common or cardinality(v_more) < v_wanted - cardinality(v_ids) then
      -- Materialized, or the planner would walk the company by name again.
      execute format(
        'with found as materialized (select c.id, c.name, %s as rank from %s where c.company_id = $1 and %s)
         select array(select f.id from found f where f.name not like $2 order by f.rank, f.name, f.id limit $3)',
        -- Other forms of a name behind the page that was ordered without them.
        case when v_common then format('case when %s then 0 else 1 end', v_search.condition) else v_search.rank end,
        case
          when v_search.by_key then
            '(select k.company_id, k.id, lower(k.customer_name) as name, k.email_key, k.phone_key
                from public.customers k where k.deleted_at is null) c'
          else '(select t.company_id, t.customer_id as id, t.name, t.search_text, t.name_families
                      from private.customer_search t) c'
        end,
        v_search.wide)
        into v_more
        using p_company, v_like, v_wanted - cardinality(v_ids);
    end if;
    v_ids := (v_ids || v_more)[1 : v_wanted];
  end if;
  return v_ids[p_offset + 1 : p_offset + p_limit];
end
$$;

-- {"rows": [customer], "fuzzy": whether they only sound like it, "more": whether others follow}.
create function public.search_customers(
  p_company uuid, p_query text, p_limit integer default 20, p_offset integer default 0)
returns json
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  v_limit integer := least(greatest(coalesce(p_limit, 20), 1), 200);
  v_offset integer := least(greatest(coalesce(p_offset, 0), 0), 10000);
  v_fuzzy boolean := false;
  v_ids uuid[];
begin
  v_ids := private.find_customer_ids(p_company, coalesce(p_query, ''), v_limit + 1, v_offset, false);
  if v_ids = '{}' and v_offset = 0 then
    v_fuzzy := true;
    v_ids := private.find_customer_ids(p_company, coalesce(p_query, ''), v_limit + 1, 0, true);
  end if;
  return json_build_object(
    'rows', coalesce((
      select json_agg(w.wire order by i.ord)
        from unnest(v_ids[:v_limit]) with ordinality as i (id, ord)
       cross join lateral (
             select x.wire from private.customer_wire x where x.company_id = p_company and x.id = i.id offset 0) w), '[]'),
    'fuzzy', v_fuzzy and v_ids <> '{}',
    'more', cardinality(v_ids) > v_limit);
end
$$;

-- A page of the list behind the last row of the page before (keyset: the thousandth page costs what
-- the first one does; OFFSET walks through all of them).
create function private.page_customer_ids(
  p_company uuid, p_sort text, p_after_id uuid, p_filter jsonb, p_limit integer)
returns uuid[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_after public.customers;
  v_where text := '';
  v_ids uuid[];
begin
  if p_company is null or not p_company = any (private.my_company_ids()) then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  if p_sort not in ('name', 'created') then
    raise exception 'Sort by "name" or by "created".' using errcode = '22023';
  end if;
  if jsonb_typeof(p_filter) <> 'object'
     or p_filter - array['hasEmail', 'hasPhone', 'hasAddress', 'source', 'tag', 'ownerId'] <> '{}' then
    raise exception 'Filter by hasEmail, hasPhone, hasAddress, source, tag or ownerId.' using errcode = '22023';
  end if;
  if p_after_id is not null then
    select * into v_after from public.customers c where c.company_id = p_company and c.id = p_after_id;
    if not found then
      raise exception 'The row to go on after is not in this company any more. Start from the first page.'
        using errcode = '22023';
    end if;
    v_where := v_where || case p_sort
      when 'name' then format(' and (lower(c.customer_name), c.id) > (%L, %L)', lower(v_after.customer_name), v_after.id)
      -- Newest first, ids upwards: two ranges of one index.
      else format(' and c.created_at <= %1$L and (c.created_at < %1$L or c.id > %2$L)', v_after.created_at, v_after.id)
    end;
  end if;
  if p_filter ? 'hasEmail' then
    v_where := v_where || case when (p_filter ->> 'hasEmail')::boolean
      then ' and c.customer_email is not null' else ' and c.customer_email is null' end;
  end if;
  if p_filter ? 'hasPhone' then
    v_where := v_where || case when (p_filter ->> 'hasPhone')::boolean
      then ' and c.customer_phone is not null' else ' and c.customer_phone is null' end;
  end if;
  if p_filter ? 'hasAddress' then
    v_where := v_where || case when (p_filter ->> 'hasAddress')::boolean
      then ' and c.customer_address is not null' else ' and c.customer_address is null' end;
  end if;
  if p_filter ? 'source' then
    v_where := v_where || format(' and c.source = %L', p_filter ->> 'source');
  end if;
  if p_filter ? 'tag' then
    v_where := v_where || format(' and %L = any (c.tags)', p_filter ->> 'tag');
  end if;
  if p_filter ? 'ownerId' then
    v_where := v_where || case when p_filter ->> 'ownerId' is null
      then ' and c.owner_id is null' else format(' and c.owner_id = %L', (p_filter ->> 'ownerId')::uuid) end;
  end if;
  execute format(
    'select array(select c.id from public.customers c
                   where c.company_id = $1 and c.deleted_at is null %s
                   order by %s, c.id limit $2)',
    v_where, case p_sort when 'name' then 'lower(c.customer_name)' else 'c.created_at desc' end)
    into v_ids
    using p_company, p_limit;
  return v_ids;
end
$$;

-- {"rows": [customer], "more"}; p_after: the id of the last row of the page before.
create function public.list_customers(
  p_company uuid,
  p_sort text default 'name',
  p_after uuid default null,
  p_limit integer default 50,
  p_filter jsonb default '{}')
returns json
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 500);
  v_ids uuid[] := private.page_customer_ids(
    p_company, coalesce(p_sort, 'name'), p_after, coalesce(p_filter, '{}'), v_limit + 1);
begin
  return json_build_object(
    'rows', coalesce((
      select json_agg(w.wire order by i.ord)
        from unnest(v_ids[:v_limit]) with ordinality as i (id, ord)
       cross join lateral (
             select x.wire from private.customer_wire x where x.company_id = p_company and x.id = i.id offset 0) w), '[]'),
    'more', cardinality(v_ids) > v_limit);
end
$$;

-- Older conversations of a customer, newest first, behind the one named: what lies outside of the sync
-- window. Several may have happened at one moment, so that the id belongs to the place.
create function public.customer_conversations(
  p_company uuid, p_customer uuid, p_before timestamptz default null, p_limit integer default 50, p_before_id uuid default null)
returns json
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 200);
  v_rows json[];
begin
  if p_company is null or not p_company = any (private.my_company_ids()) then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  v_rows := array(
    select w.wire
      from (
        select v.id, v.created_at
          from public."VC Usage" v
         where v.company_id = p_company and v.customer_id = p_customer
           and (p_before is null or v.created_at <= p_before)
           and (p_before is null or v.created_at < p_before or v.id > p_before_id)
         order by v.created_at desc, v.id
         limit v_limit + 1
      ) page
     cross join lateral (
           select x.wire from private.conversation_wire x where x.company_id = p_company and x.id = page.id offset 0) w
     order by page.created_at desc, page.id);
  return json_build_object(
    'rows', coalesce(to_json(v_rows[:v_limit]), '[]'::json), 'more', cardinality(v_rows) > v_limit);
end
$$;

-- A customer with its history in one round trip: the last 50 conversations and interactions, all
-- quotes, open suggestions. Null: no such customer in this company.
create function public.get_customer(p_company uuid, p_id uuid)
returns json
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  v_customer json;
begin
  if p_company is null or not p_company = any (private.my_company_ids()) then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  select w.wire into v_customer from private.customer_wire w where w.company_id = p_company and w.id = p_id;
  if v_customer is null then
    return null;
  end if;
  return json_build_object(
    'customer', v_customer,
    'conversations', public.customer_conversations(p_company, p_id),
    'interactions', coalesce((
      select json_agg(w.wire order by w.happened_at desc, w.id)
        from (select x.wire, x.happened_at, x.id
                from private.interaction_wire x
                join (select i.id from public.customer_interactions i
                       where i.company_id = p_company and i.customer_id = p_id
                       order by i.viewed_at desc, i.id limit 50) last on last.id = x.id
               where x.company_id = p_company) w), '[]'),
    'quotes', coalesce((
      select json_agg(w.wire order by w.happened_at desc, w.id)
        from (select x.wire, x.happened_at, x.id
                from private.quote_wire x
                join (select q.id from public.quotes q
                       where q.company_id = p_company and q.customer_id = p_id
                       order by q.created_at desc, q.id limit 200) last on last.id = x.id
               where x.company_id = p_company) w), '[]'),
    'suggestions', coalesce((
      select json_agg(w.wire order by w.happened_at, w.id)
        from (select x.wire, x.happened_at, x.id
                from private.suggestion_wire x
                join (select s.id from public.customer_suggestions s
                       where s.company_id = p_company and s.customer_id = p_id and s.status = 'open') open on open.id = x.id
               where x.company_id = p_company) w), '[]'));
end
$$;

revoke execute on function
  private.like_escaped(text), private.search_condition(text),
  private.find_customer_ids(uuid, text, integer, integer, boolean),
  private.page_customer_ids(uuid, text, uuid, jsonb, integer),
  public.search_customers(uuid, text, integer, integer),
  public.list_customers(uuid, text, uuid, integer, jsonb),
  public.customer_conversations(uuid, uuid, timestamptz, integer, uuid),
  public.get_customer(uuid, uuid)
  from public, anon;
grant execute on function
  private.find_customer_ids(uuid, text, integer, integer, boolean),
  private.page_customer_ids(uuid, text, uuid, jsonb, integer),
  public.search_customers(uuid, text, integer, integer),
  public.list_customers(uuid, text, uuid, integer, jsonb),
  public.customer_conversations(uuid, uuid, timestamptz, integer, uuid),
  public.get_customer(uuid, uuid)
  to authenticated, service_role;
