-- Undoing an import (SPEC IO-4) is a right of its own: whoever imported may take back what came in, and so
-- may owners and managers, though their role does not delete. It ends where others' work begins: who has
-- been edited, talked to, quoted or merged since is for those who may delete.

-- Whether the caller may undo an import; the same as in shared/permissions/import-permissions.ts.
create function private.may_undo_import(p_company uuid, p_import_user uuid)
returns boolean
language sql stable
set search_path = ''
as $$
  select coalesce(r.role in ('owner', 'manager') or r.role = 'sales' and p_import_user = auth.uid(), false)
    from (select private.my_role(p_company) as role) r
$$;

create function private.forbidden_undo_sentence(p_company uuid)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when private.my_role(p_company) = 'owner'
      then 'This customer is no longer as the import left it: somebody has worked with them. Delete them by themselves if they are to go.'
    when private.my_role(p_company) in ('manager', 'sales')
      then 'This customer is no longer as the import left it: somebody has worked with them. Only an owner can delete them.'
    else private.forbidden_sentence(p_company, 'delete')
  end
$$;

-- Deletes (softly) the customers of mutations that undo an import, where the caller may; returns who is
-- deleted by then. Definer rights: the role matrix alone would let owners only.
-- The id of a customer that an import makes begins like that of the import (sync/import/import-journal.ts).
-- Ids come from clients: what counts is that the server saw them made by whoever imported.
create function private.take_back_imported(p_company uuid, p_mutations jsonb[])
returns uuid[]
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_gone uuid[];
begin
  with m as materialized (
    select (e ->> 'id')::uuid as id, (e ->> 'importId')::uuid as import_id, (e ->> 'editedAt')::timestamptz as edited_at
      from unnest(p_mutations) as u (e)
  ),
  changed as (
    update public.customers c
       set deleted_at = coalesce(c.deleted_at, least(greatest(m.edited_at, '2000-01-01Z'), now()))
      from m
      join public.import_batches b on b.company_id = p_company and b.id = m.import_id
     where c.company_id = p_company
       and c.id = m.id
       and private.may_undo_import(p_company, b.user_id)
       and c.source = 'import'
       and c.created_by_user_id = b.user_id
       and left(c.id::text, 28) = left(b.id::text, 28)
       and c.merged_into is null
       and c.conversation_count = 0
       -- Edits of one's own, and those of the import itself, are nobody else's work.
       and not exists (
         select from jsonb_each(c.field_edits) as f (field, edit)
          where edit ->> 'by' is distinct from v_user::text
            and (edit ->> 'by' is distinct from b.user_id::text or edit ->> 'importId' is distinct from b.id::text))
       -- A field knows its last edit only, and what was restored none: the log knows the others.
       and not exists (
         select from public.audit_log a
          where a.company_id = p_company and a.customer_id = c.id
            and a.action not in ('created', 'deleted', 'exported')
            and a.user_id is distinct from v_user and a.user_id is distinct from b.user_id)
       and not exists (select from public.quotes q where q.company_id = p_company and q.customer_id = c.id)
       and not exists (select from public.quote_requests q where q.company_id = p_company and q.customer_id = c.id)
       and not exists (
         select from public.customer_interactions i
          where i.company_id = p_company and i.customer_id = c.id and i.interaction_type <> 'view')
       and not exists (select from public.customers s where s.company_id = p_company and s.merged_into = c.id)
    returning c.id
  )
  select coalesce(array_agg(id), '{}') into v_gone from changed;
  return v_gone;
end
$$;

revoke execute on function
  private.may_undo_import(uuid, uuid), private.forbidden_undo_sentence(uuid),
  private.take_back_imported(uuid, jsonb[])
  from public, anon, authenticated, service_role;
-- It asks for the right itself.
grant execute on function private.take_back_imported(uuid, jsonb[]), private.forbidden_undo_sentence(uuid)
  to authenticated, service_role;
