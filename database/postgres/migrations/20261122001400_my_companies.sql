-- The caller's companies with their members, as shared/domain/workspace.ts reads them.

create function public.my_companies()
returns json
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(json_agg(json_build_object(
           'companyId', c.id,
           'companyName', c.name,
           'country', c.country,
           'chatUrl', c.chat_url,
           'role', me.role,
           'members', (
             select json_agg(json_build_object('userId', m.user_id, 'name', m.display_name, 'role', m.role)
                             order by m.display_name, m.user_id)
               from public.company_members m
              where m.company_id = c.id)
         ) order by c.name, c.id), '[]')
    from public.companies c
    join public.company_members me on me.company_id = c.id and me.user_id = (select auth.uid())
$$;
revoke execute on function public.my_companies() from public, anon;
grant execute on function public.my_companies() to authenticated, service_role;
