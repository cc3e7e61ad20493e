-- What replicas may write besides customers: that somebody looked at or called a customer, imports,
-- and wishes for a new quote. The tables exist; here are the rights and what the database fills in.

-- Views, calls, mails and meetings: every member notes their own. Chats and quotes note themselves.
create policy customer_interactions_insert on public.customer_interactions
  for insert to authenticated
  with check (
    company_id = any ((select private.my_company_ids())::uuid[])
    and user_id = (select auth.uid())
    and interaction_type in ('view', 'call', 'email', 'meeting')
  );
grant insert (id, company_id, customer_id, session_id, interaction_type, viewed_at)
  on public.customer_interactions to authenticated;

create function private.stamp_interaction()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.uid() is not null then
    new.user_id := auth.uid();
    new.user_name := private.my_display_name(new.company_id);
    new.viewed_at := least(greatest(new.viewed_at, '2000-01-01Z'), now());
  end if;
  new.customer_name := coalesce(new.customer_name, (
    select c.customer_name from public.customers c where c.company_id = new.company_id and c.id = new.customer_id));
  return new;
end
$$;
create trigger customer_interactions_stamp
  before insert on public.customer_interactions
  for each row execute function private.stamp_interaction();

-- "How often was this customer looked at" (SPEC UI-1). Definer rights: looking is not editing, so an
-- analyst counts, too. Only what people do is counted; whoever loads data brings the counts along.
create function private.count_views()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if auth.uid() is not null then
    -- Locked in id order, against deadlocks with a push.
    perform from public.customers c
      where (c.company_id, c.id) in (select s.company_id, s.customer_id from seen s where s.interaction_type = 'view')
      order by c.id for no key update;
    update public.customers c
       set view_count = c.view_count + v.views
      from (select s.company_id, s.customer_id, count(*)::integer as views
              from seen s where s.interaction_type = 'view' group by 1, 2) v
     where c.company_id = v.company_id and c.id = v.customer_id;
  end if;
  return null;
end
$$;
create trigger customer_interactions_count_views
  after insert on public.customer_interactions
  referencing new table as seen
  for each statement execute function private.count_views();

-- The history of imports outlives the membership of whoever imported: what an import did can be
-- undone by a colleague (SPEC IO-4).
alter table public.import_batches
  drop constraint import_batches_member_fkey,
  add constraint import_batches_company_fkey foreign key (company_id) references public.companies (id),
  add column user_name text;
create function private.stamp_import_batch()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.user_name := coalesce(new.user_name, private.my_display_name(new.company_id));
  return new;
end
$$;
create trigger import_batches_stamp
  before insert on public.import_batches
  for each row execute function private.stamp_import_batch();

alter table public.quotes add constraint quotes_company_id_id_key unique (company_id, id);

-- "Make me a new quote" (SPEC UI-2): answered by whatever writes the quotes, with the service role.
create table public.quote_requests (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id),
  customer_id uuid not null,
  -- The quote to make anew; null for a first one.
  quote_id uuid,
  note text,
  status text not null default 'open',
  requested_by_user_id uuid default auth.uid(),
  requested_by_user_name text,
  requested_at timestamptz not null default now(),
  answered_at timestamptz,
  constraint quote_requests_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id),
  constraint quote_requests_quote_fkey foreign key (company_id, quote_id)
    references public.quotes (company_id, id) on delete set null (quote_id),
  constraint quote_requests_note_valid check (char_length(note) <= 2000),
  constraint quote_requests_status_valid check (status in ('open', 'done', 'declined'))
);
create index quote_requests_customer_idx on public.quote_requests (company_id, customer_id);
create index quote_requests_quote_idx on public.quote_requests (company_id, quote_id) where quote_id is not null;

alter table public.quote_requests enable row level security;
alter table public.quote_requests force row level security;
create policy quote_requests_select on public.quote_requests
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
-- Analysts only look.
create policy quote_requests_insert on public.quote_requests
  for insert to authenticated
  with check (
    company_id = any ((select private.my_company_ids_as('{owner,manager,sales}'::public.member_role[]))::uuid[])
    and requested_by_user_id = (select auth.uid())
  );
revoke all on public.quote_requests from anon, authenticated;
grant select on public.quote_requests to authenticated;
grant insert (id, company_id, customer_id, quote_id, note, requested_at) on public.quote_requests to authenticated;
grant all on public.quote_requests to service_role;

create function private.stamp_quote_request()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.uid() is not null then
    new.requested_by_user_name := private.my_display_name(new.company_id);
    new.requested_at := least(greatest(new.requested_at, '2000-01-01Z'), now());
    -- A laptop that has not heard yet: its note must not outlive the person.
    if exists (
      select from public.customers c
       where c.company_id = new.company_id and c.id = new.customer_id and c.erased_at is not null
    ) then
      raise exception 'This customer was erased for good.' using errcode = '55000';
    end if;
  end if;
  return new;
end
$$;
create trigger quote_requests_stamp
  before insert on public.quote_requests
  for each row execute function private.stamp_quote_request();
create trigger quote_requests_zz_follow_merge
  before insert or update of customer_id on public.quote_requests
  for each row execute function private.follow_merge();
select private.make_replicable('public.quote_requests', 'quote_requests', 'quoteRequests');

revoke execute on function
  private.stamp_interaction(), private.count_views(), private.stamp_import_batch(), private.stamp_quote_request()
  from public, anon, authenticated;
