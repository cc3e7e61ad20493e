-- What the functions with definer rights do first: ask who is calling, since row-level security
-- does not judge them. And how they write the audit log, which nobody else can.

-- The caller's role in a company; refuses strangers and every role that is not in p_roles.
-- p_what completes the sentence "Sales can't …".
create function private.require_role(p_company uuid, p_roles public.member_role[], p_what text)
returns public.member_role
language plpgsql stable
set search_path = ''
as $$
declare
  v_role public.member_role := private.my_role(p_company);
begin
  -- The same words for a company of others as for one that never was.
  if v_role is null then
    raise exception 'You are not a member of this company.' using errcode = '42501';
  end if;
  if not v_role = any (p_roles) then
    raise exception '% can''t % in this company.', initcap(v_role::text), p_what using errcode = '42501';
  end if;
  return v_role;
end
$$;
revoke execute on function private.require_role(uuid, public.member_role[], text) from public, anon;
grant execute on function private.require_role(uuid, public.member_role[], text) to authenticated, service_role;

-- One entry in the name of the caller. p_changes: {what: {"from", "to"}}. Owner only: called by
-- functions that have checked already.
create function private.write_audit(p_company uuid, p_customer uuid, p_action text, p_changes jsonb default '{}')
returns void
language sql volatile
set search_path = ''
as $$
  insert into public.audit_log (company_id, customer_id, action, changes, user_id, user_name)
  values (p_company, p_customer, p_action, p_changes, auth.uid(), private.my_display_name(p_company))
$$;
revoke execute on function private.write_audit(uuid, uuid, text, jsonb) from public, anon, authenticated, service_role;
