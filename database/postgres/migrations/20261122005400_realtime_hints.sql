-- Hints to replicas (SPEC SY-6): "these collections of your company changed", never row data, over a
-- private Realtime broadcast topic `company:<id>`, event `changed`, payload {"collections": [...]}.
--
-- One hint a transaction and company, however many statements and rows: a push of 1,000 customers
-- writes customers, audit log and ledger, and is still one hint. Statement triggers note what changed;
-- a deferred trigger on the notes sends them when the transaction commits. A hint for each statement
-- was rejected: three times the messages, and some of them before the rest of the transaction.

create table private.pending_hints (
  xid xid8 not null default pg_current_xact_id(),
  company_id uuid not null,
  collections text[] not null,
  primary key (xid, company_id)
);
alter table private.pending_hints enable row level security;
alter table private.pending_hints force row level security;
comment on table private.pending_hints is 'What the running transactions will tell replicas; empty between them.';

-- realtime.send is looked up when it is needed: a database without Realtime loses the hints, and
-- replicas fall back to polling. A hint that can't be sent never undoes a write.
create function private.send_hint(p_company uuid, p_collections text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if to_regprocedure('realtime.send(jsonb, text, text, boolean)') is not null then
    perform realtime.send(
      jsonb_build_object('collections', to_jsonb(p_collections)), 'changed', 'company:' || p_company, true);
  end if;
exception when others then
  raise warning 'Replicas of company % were not told about a change: %', p_company, sqlerrm;
end
$$;

create function private.flush_hint()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_collections text[];
begin
  delete from private.pending_hints h
   where h.xid = new.xid and h.company_id = new.company_id
  returning h.collections into v_collections;
  if v_collections is not null then
    perform private.send_hint(new.company_id, v_collections);
  end if;
  return null;
end
$$;
create constraint trigger pending_hints_flush
  after insert on private.pending_hints
  deferrable initially deferred
  for each row execute function private.flush_hint();

-- The collection is the trigger's argument. (The text of a trigger function is compiled for each table,
-- so that `touched` may be any of them.)
create function private.note_change()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.pending_hints as h (company_id, collections)
  select distinct t.company_id, array[tg_argv[0]]
    from touched t
   -- The writer of a legacy log may leave the company out: then there is nobody to tell.
   where t.company_id is not null
      on conflict (xid, company_id) do update
     set collections = h.collections || excluded.collections
   where not h.collections @> excluded.collections;
  return null;
end
$$;

-- The same for the companies themselves.
create function private.note_company_change()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.pending_hints as h (company_id, collections)
  select t.id, array['workspace']
    from touched t
      on conflict (xid, company_id) do update
     set collections = h.collections || excluded.collections
   where not h.collections @> excluded.collections;
  return null;
end
$$;
create trigger companies_hint_update
  after update on public.companies
  referencing new table as touched
  for each statement execute function private.note_company_change();

create function private.make_hinting(p_table regclass, p_prefix text, p_collection text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_event record;
begin
  for v_event in select * from (values ('insert', 'new'), ('update', 'new'), ('delete', 'old')) as e (name, rows) loop
    execute format(
      'create trigger %I after %s on %s referencing %s table as touched
         for each statement execute function private.note_change(%L)',
      p_prefix || '_hint_' || v_event.name, v_event.name, p_table, v_event.rows, p_collection);
  end loop;
end
$$;

revoke execute on function
  private.send_hint(uuid, text[]), private.flush_hint(), private.note_change(), private.note_company_change(),
  private.make_hinting(regclass, text, text)
  from public, anon, authenticated;

select private.make_hinting('public.customers', 'customers', 'customers');
select private.make_hinting('public."VC Usage"', 'vc_usage', 'conversations');
select private.make_hinting('public.quotes', 'quotes', 'quotes');
select private.make_hinting('public.quote_requests', 'quote_requests', 'quoteRequests');
select private.make_hinting('public.customer_interactions', 'customer_interactions', 'interactions');
select private.make_hinting('public.customer_merges', 'customer_merges', 'merges');
select private.make_hinting('public.audit_log', 'audit_log', 'activity');
select private.make_hinting('public.saved_filters', 'saved_filters', 'savedFilters');
select private.make_hinting('public.import_batches', 'import_batches', 'importBatches');
select private.make_hinting('public.customer_suggestions', 'customer_suggestions', 'suggestions');
select private.make_hinting('public.chat_link_candidates', 'chat_link_candidates', 'chatReviews');
-- Not a collection: the answer of my_companies().
select private.make_hinting('public.company_members', 'company_members', 'workspace');

-- Members hear the topics of their companies; nobody but the database speaks there. Asked by Realtime
-- when somebody joins and when their token is renewed. Realtime's own connection asks as the user.
create function private.my_topics()
returns text[]
language sql stable security definer
set search_path = ''
as $$
  select coalesce(array_agg('company:' || m.company_id), '{}')
    from private.my_memberships m
$$;
revoke execute on function private.my_topics() from public, anon;
grant execute on function private.my_topics() to authenticated, service_role;

do $$
begin
  if to_regclass('realtime.messages') is null then
    raise notice 'This database has no Realtime: replicas will poll. Deploy again with Realtime to get hints.';
    return;
  end if;
  execute $policy$
    create policy company_hints_select on realtime.messages
      for select to authenticated
      using (
        realtime.messages.extension = 'broadcast'
        and (select realtime.topic()) = any ((select private.my_topics())::text[])
      )
  $policy$;
end
$$;
