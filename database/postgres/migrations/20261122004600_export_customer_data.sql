-- Everything we hold about one person (SPEC DB-8, article 15 of the GDPR), as one JSON document.
-- shared/domain/gdpr-export.ts describes it and renders it for people.

create function private.export_customer_data(p_company uuid, p_customer uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  -- Of no meaning to the person: keys of ours.
  c_internal constant text[] := array['company_id', 'rev', 'name_key', 'email_key', 'phone_key'];
  -- Asked for by the id of somebody who was merged away, it is the person they are part of.
  v_root uuid := private.live_end(p_company, p_customer);
  v_family uuid[] := array(select private.merged_family(p_company, v_root));
  v_rows jsonb;
  v_other jsonb := '{}';
  v_relation regclass;
begin
  perform private.require_role(p_company, '{owner,manager,analyst}', 'export customers');
  if v_family = '{}' then
    raise exception 'This customer is not in this company any more.' using errcode = 'P0002';
  end if;
  perform private.write_audit(p_company, v_root, 'exported', '{"what": {"from": null, "to": "personal data"}}');

  -- Tables of customers that this function doesn't know by name, as they are.
  for v_relation in
    select f.relation from private.customer_followers() f
     where f.relation <> all (array['public."VC Usage"', 'public.quotes', 'public.customer_interactions', 'public.customer_suggestions']::regclass[])
  loop
    execute format(
      'select jsonb_agg(to_jsonb(r) - $3 order by r.id) from %s r where r.company_id = $1 and r.customer_id = any ($2)', v_relation)
      into v_rows using p_company, v_family, c_internal;
    if v_rows is not null then
      v_other := v_other || jsonb_build_object(v_relation::text, v_rows);
    end if;
  end loop;

  return jsonb_build_object(
    'format', 'tradesphere-customer-export',
    'version', 1,
    'exportedAt', private.utc_text(now()),
    'company', (select c.name from public.companies c where c.id = p_company),
    'customer', (
      select private.customer_image(c) || jsonb_build_object(
               'id', c.id, 'updatedAt', private.utc_text(c.updated_at), 'deletedAt', private.utc_text(c.deleted_at))
        from public.customers c where c.company_id = p_company and c.id = v_root),
    'mergedFrom', (
      select coalesce(jsonb_agg(private.customer_image(c) || jsonb_build_object('id', c.id) order by c.id), '[]')
        from public.customers c where c.company_id = p_company and c.id = any (v_family) and c.id <> v_root),
    'conversations', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'id', h.id, 'at', private.utc_text(h.created_at), 'name', h.customer_name, 'email', h.customer_email,
               'phone', h.customer_phone, 'address', h.customer_address, 'summary', h.summary, 'messages', h.messages)
               order by h.created_at, h.id), '[]')
        from public."VC Usage" h where h.company_id = p_company and h.customer_id = any (v_family)),
    'quotes', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'number', q.quote_number, 'at', private.utc_text(q.created_at), 'status', q.status, 'currency', q.currency,
               'total', q.total::text, 'lineItems', q.line_items) order by q.created_at, q.id), '[]')
        from public.quotes q where q.company_id = p_company and q.customer_id = any (v_family)),
    'interactions', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'type', i.interaction_type, 'at', private.utc_text(i.viewed_at), 'by', i.user_name) order by i.viewed_at, i.id), '[]')
        from public.customer_interactions i where i.company_id = p_company and i.customer_id = any (v_family)),
    'suggestions', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'field', s.field, 'value', s.value, 'status', s.status, 'at', private.utc_text(s.created_at))
               order by s.created_at, s.id), '[]')
        from public.customer_suggestions s where s.company_id = p_company and s.customer_id = any (v_family)),
    'merges', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'at', private.utc_text(m.merged_at), 'by', m.merged_by_user_name, 'undoneAt', private.utc_text(m.undone_at),
               'before', m.before_image, 'changes', m.field_changes) order by m.seq), '[]')
        from public.customer_merges m where m.company_id = p_company and m.target_customer_id = any (v_family)),
    'activity', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'action', a.action, 'at', private.utc_text(a.at), 'by', a.user_name, 'changes', a.changes) order by a.id), '[]')
        from public.audit_log a where a.company_id = p_company and a.customer_id = any (v_family)),
    'other', v_other);
end
$$;

-- All personal data of one customer, as JSON: owners, managers, analysts. The log says that it was asked for.
create function public.export_customer_data(p_company uuid, p_customer uuid)
returns jsonb language sql volatile security invoker set search_path = ''
as $$ select private.export_customer_data(p_company, p_customer) $$;

-- A list that left the house (SPEC IO-5): the app says so before it writes the file.
create function private.record_export(p_company uuid, p_format text, p_rows integer)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner,manager,analyst}', 'export customers');
  if p_format is null or p_format not in ('csv', 'vcard', 'json') or p_rows is null or p_rows < 0 then
    raise exception 'Say in which format (csv, vcard, json) and how many customers are exported.' using errcode = '22023';
  end if;
  perform private.write_audit(p_company, null, 'exported', jsonb_build_object(
    'what', jsonb_build_object('from', null, 'to', p_format), 'rows', jsonb_build_object('from', null, 'to', p_rows)));
end
$$;
-- Enters an export of customers in the log: owners, managers, analysts. p_format: csv, vcard or json.
create function public.record_export(p_company uuid, p_format text, p_rows integer)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.record_export(p_company, p_format, p_rows) $$;

-- Imports enter the log by themselves.
create function private.audit_imports()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.write_audit(
    new.company_id, null,
    case when new.undone_at is null then 'imported' else 'import_undone' end,
    jsonb_build_object('batch', jsonb_build_object('from', null, 'to', new.id)));
  return null;
end
$$;
create trigger import_batches_audit_insert
  after insert on public.import_batches
  for each row execute function private.audit_imports();
create trigger import_batches_audit_undo
  after update of undone_at on public.import_batches
  for each row when (new.undone_at is not null and old.undone_at is null) execute function private.audit_imports();

revoke execute on function
  private.export_customer_data(uuid, uuid), public.export_customer_data(uuid, uuid),
  private.record_export(uuid, text, integer), public.record_export(uuid, text, integer), private.audit_imports()
  from public, anon, authenticated, service_role;
-- Each asks for the role itself.
grant execute on function
  private.export_customer_data(uuid, uuid), public.export_customer_data(uuid, uuid),
  private.record_export(uuid, text, integer), public.record_export(uuid, text, integer)
  to authenticated;
