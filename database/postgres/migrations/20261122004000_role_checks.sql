-- What the functions with definer rights do first: ask who is calling, since row-level security
-- does not judge them.

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
  if v_role is null then
    perform private.refuse_stranger(p_company);
  end if;
  if not v_role = any (p_roles) then
    raise exception '% can''t % in this company.', initcap(v_role::text), p_what using errcode = '42501';
  end if;
  return v_role;
end
$$;
revoke execute on function private.require_role(uuid, public.member_role[], text) from public, anon;
grant execute on function private.require_role(uuid, public.member_role[], text) to authenticated, service_role;
