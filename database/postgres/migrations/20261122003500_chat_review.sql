-- What people do with chats that wait and values that are offered (SPEC DB-4).
--
-- Who may: linking fills empty fields of the customer and counts, so it is an edit. Owners and
-- managers link and unlink any chat; sales those of customers they may edit (owned or created), on
-- both sides where a chat changes hands; analysts only look.

-- The caller's right to edit a customer, by the role matrix; throws in words. Locks the customer.
create function private.require_customer_edit(p_company uuid, p_customer uuid, p_verb text)
returns public.customers
language plpgsql
set search_path = ''
as $$
declare
  v_role public.member_role := private.my_role(p_company);
  v_customer public.customers;
begin
  if v_role is null then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  if v_role = 'analyst' then
    raise exception 'Analyst can''t % in this company.', p_verb using errcode = '42501';
  end if;
  select * into v_customer
    from public.customers c where c.company_id = p_company and c.id = p_customer for no key update;
  if v_customer.id is null then
    raise exception 'This customer is not in this company any more.' using errcode = 'P0002';
  end if;
  if v_customer.deleted_at is not null then
    raise exception 'This customer was deleted. Restore it first.' using errcode = '55000';
  end if;
  if v_role = 'sales'
     and v_customer.owner_id is distinct from auth.uid() and v_customer.created_by_user_id is distinct from auth.uid() then
    raise exception 'Sales can only % of customers they own or created.', p_verb using errcode = '42501';
  end if;
  return v_customer;
end
$$;

-- Enters in the log whose chat it is, or is not any more; nothing without a customer.
create function private.audit_chat(p_company uuid, p_customer uuid, p_chat uuid, p_action text)
returns void
language sql volatile
set search_path = ''
as $$
  select private.write_audit(
           p_company, p_customer, p_action, jsonb_build_object('conversation', case p_action
             when 'chat_linked' then jsonb_build_object('from', null, 'to', p_chat)
             else jsonb_build_object('from', p_chat, 'to', null) end))
   where p_customer is not null
$$;

create function private.link_chat(p_company uuid, p_chat uuid, p_customer uuid)
returns json
language plpgsql security definer
set search_path = ''
as $$
declare
  v_chat record;
begin
  -- Customers before chats, as everywhere.
  perform private.require_customer_edit(p_company, p_customer, 'link conversations');
  select h.id, h.customer_id into v_chat
    from public."VC Usage" h where h.company_id = p_company and h.id = p_chat for no key update;
  if v_chat.id is null then
    raise exception 'This conversation is not in this company any more.' using errcode = 'P0002';
  end if;
  if v_chat.customer_id <> p_customer
     and exists (select from public.customers c where c.company_id = p_company and c.id = v_chat.customer_id and c.deleted_at is null) then
    perform private.require_customer_edit(p_company, v_chat.customer_id, 'move conversations');
  end if;
  if v_chat.customer_id is distinct from p_customer then
    -- The trigger counts, fills, suggests and settles.
    update public."VC Usage"
       set customer_id = p_customer, customer_linked_at = now(), customer_link_source = 'manual'
     where company_id = p_company and id = p_chat;
    if v_chat.customer_id is not null then
      perform private.absorb_chats(p_company, p_customer, array[p_chat]);
    end if;
    -- The next chat of this person is found by what this one said.
    update private.identity_claims i
       set customer_id = p_customer
      from public."VC Usage" h
     cross join lateral (values ('email', h.email_key), ('phone', h.phone_key)) as k (kind, key)
     where h.company_id = p_company and h.id = p_chat
       and i.company_id = p_company and i.kind = k.kind and i.key = private.claim_key(k.key)
       and (i.customer_id is null or i.customer_id = v_chat.customer_id);
    perform private.audit_chat(p_company, v_chat.customer_id, p_chat, 'chat_unlinked');
    perform private.audit_chat(p_company, p_customer, p_chat, 'chat_linked');
  end if;
  return json_build_object('chatId', p_chat, 'customerId', p_customer);
end
$$;

create function private.unlink_chat(p_company uuid, p_chat uuid)
returns json
language plpgsql security definer
set search_path = ''
as $$
declare
  v_customer uuid;
  v_chat record;
begin
  if private.my_role(p_company) is null then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  select h.customer_id into v_customer from public."VC Usage" h where h.company_id = p_company and h.id = p_chat;
  if not found then
    raise exception 'This conversation is not in this company any more.' using errcode = 'P0002';
  end if;
  if v_customer is null then
    return json_build_object('chatId', p_chat, 'customerId', null);
  end if;
  perform private.require_customer_edit(p_company, v_customer, 'unlink conversations');

  -- First the chat says again what it said itself (the trigger must not see that as news).
  select k.* into v_chat from private.chat_contact_originals k where k.company_id = p_company and k.chat_id = p_chat;
  update public."VC Usage" h set customer_id = null where h.company_id = p_company and h.id = p_chat and h.customer_id = v_customer;
  if not found then
    raise exception 'Somebody linked this conversation to another customer meanwhile. Look at it again.' using errcode = '55000';
  end if;
  perform private.queue_chat(p_company, p_chat, 'unlinked_by_hand', '{}');
  if v_chat.chat_id is not null then
    update public."VC Usage" h
       set customer_name = v_chat.customer_name, customer_email = v_chat.customer_email,
           customer_phone = v_chat.customer_phone, customer_address = v_chat.customer_address
     where h.company_id = p_company and h.id = p_chat;
  end if;
  -- What only this chat used doesn't lead to that customer any more.
  update private.identity_claims i
     set customer_id = null
    from public."VC Usage" h
   cross join lateral (values ('email', h.email_key), ('phone', h.phone_key), ('name', h.name_key)) as k (kind, key)
   where h.company_id = p_company and h.id = p_chat
     and i.company_id = p_company and i.kind = k.kind and i.key = private.claim_key(k.key) and i.customer_id = v_customer
     and not exists (
       select from public."VC Usage" o
        where o.company_id = p_company and o.customer_id = v_customer
          and k.key in (o.email_key, o.phone_key, o.name_key));
  -- Seen last in one of the chats that are left, if it was this one that said when.
  update public.customers c
     set last_seen_at = (select max(o.created_at) from public."VC Usage" o
                          where o.company_id = p_company and o.customer_id = v_customer)
    from public."VC Usage" h
   where c.company_id = p_company and c.id = v_customer
     and h.company_id = p_company and h.id = p_chat and c.last_seen_at = h.created_at;
  perform private.audit_chat(p_company, v_customer, p_chat, 'chat_unlinked');
  return json_build_object('chatId', p_chat, 'customerId', null);
end
$$;

create function private.settle_suggestion(p_company uuid, p_suggestion uuid, p_accept boolean)
returns json
language plpgsql security definer
set search_path = ''
as $$
declare
  v_suggestion public.customer_suggestions;
begin
  if private.my_role(p_company) is null then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  select * into v_suggestion
    from public.customer_suggestions s where s.company_id = p_company and s.id = p_suggestion for no key update;
  if v_suggestion.id is null then
    raise exception 'This suggestion is not in this company any more.' using errcode = 'P0002';
  end if;
  perform private.require_customer_edit(p_company, v_suggestion.customer_id, 'settle suggestions');
  if p_accept then
    update public.customers c
       set customer_name = case when v_suggestion.field = 'name' then v_suggestion.value else c.customer_name end,
           customer_email = case when v_suggestion.field = 'email' then v_suggestion.value else c.customer_email end,
           customer_phone = case when v_suggestion.field = 'phone' then v_suggestion.value else c.customer_phone end,
           customer_address = case when v_suggestion.field = 'address' then v_suggestion.value else c.customer_address end
     where c.company_id = p_company and c.id = v_suggestion.customer_id;
  end if;
  update public.customer_suggestions s
     set status = case when p_accept then 'accepted' else 'dismissed' end,
         decided_at = now(),
         decided_by_user_id = auth.uid(),
         decided_by_user_name = private.my_display_name(p_company)
   where s.company_id = p_company and s.id = p_suggestion;
  perform private.write_audit(
    p_company, v_suggestion.customer_id, case when p_accept then 'suggestion_accepted' else 'suggestion_dismissed' end,
    jsonb_build_object('suggestion', jsonb_build_object('from', null, 'to', p_suggestion)));
  return json_build_object('suggestionId', p_suggestion, 'status', case when p_accept then 'accepted' else 'dismissed' end);
end
$$;

-- The API exposes `public` only; what has definer rights stays in `private` and asks for the role itself.
create function public.link_chat(p_company uuid, p_chat uuid, p_customer uuid)
returns json
language sql
set search_path = ''
as $$ select private.link_chat(p_company, p_chat, p_customer) $$;

create function public.unlink_chat(p_company uuid, p_chat uuid)
returns json
language sql
set search_path = ''
as $$ select private.unlink_chat(p_company, p_chat) $$;

create function public.settle_suggestion(p_company uuid, p_suggestion uuid, p_accept boolean)
returns json
language sql
set search_path = ''
as $$ select private.settle_suggestion(p_company, p_suggestion, p_accept) $$;

-- The review queue, newest chat first: what each chat said, why it waits, and the customers it may
-- belong to, best first. Invoker rights: row-level security shows the caller's company only.
create function public.chats_to_review(p_company uuid, p_limit integer default 100)
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  if p_company is null or not p_company = any (private.my_company_ids()) then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  return (
    select coalesce(json_agg(r.item order by r.created_at desc, r.id), '[]')
      from (
        select h.id,
               h.created_at,
               json_build_object(
                 'chatId', h.id,
                 'sessionId', h.session_id,
                 'createdAt', private.utc_text(h.created_at),
                 'name', h.customer_name,
                 'email', h.customer_email,
                 'phone', h.customer_phone,
                 'address', h.customer_address,
                 'summary', h.summary,
                 'reason', w.reason,
                 'candidates', w.candidates) as item
          from (
            select w.chat_id,
                   min(w.reason) as reason,
                   coalesce(json_agg(json_build_object(
                     'customerId', c.id, 'name', c.customer_name, 'email', c.customer_email, 'phone', c.customer_phone,
                     'rank', w.rank) order by w.rank) filter (where c.id is not null and c.deleted_at is null), '[]') as candidates
              from public.chat_link_candidates w
              left join public.customers c on c.company_id = w.company_id and c.id = w.customer_id
             where w.company_id = p_company and w.status = 'open'
             group by w.chat_id
          ) w
          join public."VC Usage" h on h.company_id = p_company and h.id = w.chat_id and h.customer_id is null
         order by h.created_at desc, h.id
         limit least(greatest(coalesce(p_limit, 100), 1), 1000)
      ) r
  );
end
$$;

revoke execute on function
  private.audit_chat(uuid, uuid, uuid, text),
  private.require_customer_edit(uuid, uuid, text),
  private.link_chat(uuid, uuid, uuid),
  private.unlink_chat(uuid, uuid),
  private.settle_suggestion(uuid, uuid, boolean),
  public.link_chat(uuid, uuid, uuid),
  public.unlink_chat(uuid, uuid),
  public.settle_suggestion(uuid, uuid, boolean),
  public.chats_to_review(uuid, integer)
  from public, anon, authenticated;
grant execute on function
  private.link_chat(uuid, uuid, uuid),
  private.unlink_chat(uuid, uuid),
  private.settle_suggestion(uuid, uuid, boolean),
  public.link_chat(uuid, uuid, uuid),
  public.unlink_chat(uuid, uuid),
  public.settle_suggestion(uuid, uuid, boolean),
  public.chats_to_review(uuid, integer)
  to authenticated, service_role;
