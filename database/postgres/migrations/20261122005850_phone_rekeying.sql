-- After a change of a company's country its phones are read anew, in steps that are short enough for a request
-- and for whoever edits meanwhile. What is left is in private.phone_rekeys, so that whoever asks next goes
-- on where the last step ended: the settings of an owner, pg_cron, an administrator.
--
-- In between, rows that were done have keys of the new country and all others of the one before. So a chat
-- with a phone that no e-mail settles waits (private.match_chat), and nobody is erased; everything
-- else goes on.

-- How many rows are left to be looked at; never 0 while the work is not done.
create function private.phones_left(p_company uuid)
returns integer
language sql stable
set search_path = ''
as $$
  select coalesce((select greatest(1,
    case when r.stage = 1 then (
      select count(*) from public.customers c
       where c.company_id = p_company and c.id > r.after_id and c.customer_phone is not null) else 0 end
    + case when r.stage <= 2 then (
      select count(*) from public."VC Usage" h
       where h.company_id = p_company and (r.stage = 1 or h.id > r.after_id) and h.customer_phone is not null) else 0 end
    + (select count(distinct w.chat_id) from public.chat_link_candidates w
        where w.company_id = p_company and w.status = 'open' and w.reason = 'busy'
          and (r.stage < 3 or w.chat_id > r.after_id)))
    from private.phone_rekeys r where r.company_id = p_company), 0)::integer
$$;

-- Does up to p_limit rows of one kind, for two seconds at most; how many are left.
create function private.rekey_some(p_company uuid, p_limit integer default 10000)
returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  c_slice constant integer := 200;
  c_nil constant uuid := '00000000-0000-0000-0000-000000000000';
  v_end timestamptz := clock_timestamp() + interval '2 seconds';
  v_job private.phone_rekeys;
  v_country text;
  v_ids uuid[];
  v_done integer := 0;
begin
  -- The company before the note of the work, as whoever changes the country; nobody does it in between.
  select c.country into v_country from public.companies c where c.id = p_company for share;
  -- Somebody else is at it: they need no help, and nobody has to wait.
  select * into v_job from private.phone_rekeys r where r.company_id = p_company for update skip locked;
  if not found then
    return private.phones_left(p_company);
  end if;
  while v_job.stage <= 3 and v_done < p_limit and clock_timestamp() < v_end loop
    v_ids := case v_job.stage
      when 1 then array(
        select c.id from public.customers c
         where c.company_id = p_company and c.id > v_job.after_id and c.customer_phone is not null
         order by c.id limit least(c_slice, p_limit - v_done))
      when 2 then array(
        select h.id from public."VC Usage" h
         where h.company_id = p_company and h.id > v_job.after_id and h.customer_phone is not null
         order by h.id limit least(c_slice, p_limit - v_done))
      else array(
        select distinct w.chat_id from public.chat_link_candidates w
         where w.company_id = p_company and w.chat_id > v_job.after_id and w.status = 'open' and w.reason = 'busy'
         order by 1 limit least(c_slice, p_limit - v_done))
      end;
    if v_ids = '{}' then
      -- Chats before customers is not the order in which others lock them.
      exit when v_done > 0;
      v_job.stage := v_job.stage + 1;
      v_job.after_id := c_nil;
    else
      -- The trigger of the keys works out whatever is null or forged.
      if v_job.stage = 1 then
        with other as materialized (
          select c.id from public.customers c
           where c.company_id = p_company and c.id = any (v_ids)
             and c.phone_key is distinct from private.phone_key(c.customer_phone, v_country)
           order by c.id for no key update)
        update public.customers c set phone_key = null from other o where c.id = o.id;
      elsif v_job.stage = 2 then
        with other as materialized (
          select h.id from public."VC Usage" h
           where h.company_id = p_company and h.id = any (v_ids)
             and h.phone_key is distinct from private.phone_key(h.customer_phone, v_country)
           order by h.id for no key update)
        update public."VC Usage" h set phone_key = '' from other o where h.id = o.id;
      else
        perform private.link_chats_safely(array(
          select h.id from public."VC Usage" h where h.id = any (v_ids) and h.customer_id is null order by h.id));
      end if;
      if v_job.stage < 3 then
        -- Keys are nothing that a replica pulls.
        delete from private.pending_hints h
         where h.xid = pg_current_xact_id() and h.company_id = p_company and h.collections <@ '{customers,conversations}';
      end if;
      v_job.after_id := v_ids[cardinality(v_ids)];
      v_done := v_done + cardinality(v_ids);
    end if;
    update private.phone_rekeys r set stage = v_job.stage, after_id = v_job.after_id where r.company_id = p_company;
  end loop;
  delete from private.phone_rekeys r where r.company_id = p_company and v_job.stage > 3;
  return private.phones_left(p_company);
end
$$;

create function private.rekey_phones(p_company uuid, p_limit integer)
returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'change the company');
  return private.rekey_some(p_company, least(greatest(coalesce(p_limit, 10000), 1), 10000));
end
$$;
-- Reads up to p_limit phones anew after a change of the country, for two seconds at most. Answers how many rows
-- are left to be looked at; 0: done. Owners only.
create function public.rekey_phones(p_company uuid, p_limit integer default 10000)
returns integer language sql volatile security invoker set search_path = ''
as $$ select private.rekey_phones(p_company, p_limit) $$;

-- A row of which nothing but the key of its phone has changed is the same to replicas: without this, each would
-- fetch all customers and chats again.
create function private.keep_rev()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.rev := old.rev;
  return new;
end
$$;
-- Behind the triggers that write the key and the revision: they run in the order of their names.
create trigger customers_stamp_kept
  before update of phone_key on public.customers
  for each row when (to_jsonb(new) - '{phone_key,rev}'::text[] = to_jsonb(old) - '{phone_key,rev}'::text[])
  execute function private.keep_rev();
create trigger vc_usage_stamp_rev_kept
  before update of phone_key on public."VC Usage"
  for each row when (to_jsonb(new) - '{phone_key,rev}'::text[] = to_jsonb(old) - '{phone_key,rev}'::text[])
  execute function private.keep_rev();

revoke execute on function
  private.phones_left(uuid), private.rekey_some(uuid, integer), private.rekey_phones(uuid, integer),
  public.rekey_phones(uuid, integer), private.keep_rev()
  from public, anon, authenticated, service_role;
-- Asks for the role itself.
grant execute on function private.rekey_phones(uuid, integer), public.rekey_phones(uuid, integer) to authenticated;

-- Where pg_cron is there, nearly all the time, whether an owner looks on or not. Each step is a transaction:
-- nobody waits for the rows of one company until those of all are done. An error is tried again a minute later.
do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.schedule('tradesphere-rekey-phones', '* * * * *', $job$
do $walk$
declare
  v_end constant timestamptz := clock_timestamp() + interval '50 seconds';
  v_company uuid;
begin
  while clock_timestamp() < v_end and exists (select from private.phone_rekeys) loop
    -- In any order: an error of one company doesn't always come before the same others.
    for v_company in select r.company_id from private.phone_rekeys r order by random() loop
      perform private.rekey_some(v_company);
      commit;
    end loop;
    perform pg_sleep(0.5);
  end loop;
end
$walk$
$job$);
  end if;
end
$$;
