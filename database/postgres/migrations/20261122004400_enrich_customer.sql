-- Enrichment (SPEC DB-7): what the conversations know about their customer. Counts and last seen;
-- empty fields filled; what differs becomes a suggestion; the latest summaries.

create function private.enrich_customer(p_company uuid, p_customer uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_role public.member_role := private.require_role(p_company, '{owner,manager,sales}', 'enrich customers');
  v_before public.customers;
  v_after public.customers;
  v_suggestions_before bigint;
  v_suggestions_after bigint;
begin
  select * into v_before from public.customers c where c.company_id = p_company and c.id = p_customer for no key update;
  if not found then
    raise exception 'This customer is not in this company any more.' using errcode = 'P0002';
  end if;
  -- As for any edit.
  if v_role = 'sales' and (v_before.owner_id = auth.uid() or v_before.created_by_user_id = auth.uid()) is not true then
    raise exception 'Sales can only edit customers they own or created.' using errcode = '42501';
  end if;
  if v_before.deleted_at is not null then
    raise exception 'This customer was deleted. Restore it before editing it.' using errcode = '55000';
  end if;

  select count(*) into v_suggestions_before
    from public.customer_suggestions s where s.company_id = p_company and s.customer_id = p_customer;
  perform private.absorb_chats(p_company, p_customer, array(
    select h.id from public."VC Usage" h where h.company_id = p_company and h.customer_id = p_customer));
  select count(*) into v_suggestions_after
    from public.customer_suggestions s where s.company_id = p_company and s.customer_id = p_customer;
  select * into v_after from public.customers c where c.company_id = p_company and c.id = p_customer;
  if private.customer_image(v_before) <> private.customer_image(v_after) or v_suggestions_before <> v_suggestions_after then
    perform private.write_audit(p_company, p_customer, 'enriched', jsonb_build_object(
      'suggestions', jsonb_build_object('from', v_suggestions_before, 'to', v_suggestions_after),
      'conversationCount', jsonb_build_object('from', v_before.conversation_count, 'to', v_after.conversation_count)));
  end if;

  return jsonb_build_object(
    'customerId', p_customer,
    'conversationCount', v_after.conversation_count,
    'firstSeenAt', (select private.utc_text(min(h.created_at)) from public."VC Usage" h
                     where h.company_id = p_company and h.customer_id = p_customer),
    'lastSeenAt', private.utc_text(v_after.last_seen_at),
    'filled', (
      select coalesce(jsonb_agg(n.key order by n.key), '[]')
        from jsonb_each(private.customer_image(v_after)) n
       where n.key in ('name', 'email', 'phone', 'address') and n.value <> private.customer_image(v_before) -> n.key),
    'summaries', (
      select coalesce(jsonb_agg(jsonb_build_object('conversationId', l.id, 'at', private.utc_text(l.created_at), 'summary', l.summary)
                                order by l.created_at desc, l.id), '[]')
        from (select h.id, h.created_at, h.summary
                from public."VC Usage" h
               where h.company_id = p_company and h.customer_id = p_customer and h.summary is not null
               order by h.created_at desc, h.id
               limit 10) l),
    'suggestions', (
      select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'field', s.field, 'value', s.value, 'conversationId', s.chat_id)
                                order by s.created_at, s.id), '[]')
        from public.customer_suggestions s
       where s.company_id = p_company and s.customer_id = p_customer and s.status = 'open'));
end
$$;

-- Aggregates a customer's conversations: owners, managers, and sales for their own customers.
-- Returns {"customerId", "conversationCount", "firstSeenAt", "lastSeenAt", "filled": [field],
-- "summaries": [{"conversationId", "at", "summary"}] (latest 10), "suggestions": [{"id", "field",
-- "value", "conversationId"}] (open ones)}.
create function public.enrich_customer(p_company uuid, p_customer uuid)
returns jsonb language sql volatile security invoker set search_path = ''
as $$ select private.enrich_customer(p_company, p_customer) $$;

revoke execute on function private.enrich_customer(uuid, uuid), public.enrich_customer(uuid, uuid)
  from public, anon, authenticated, service_role;
-- It asks for the role itself.
grant execute on function private.enrich_customer(uuid, uuid), public.enrich_customer(uuid, uuid) to authenticated;
