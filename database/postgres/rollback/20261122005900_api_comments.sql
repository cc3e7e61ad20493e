do $$
declare
  v record;
begin
  for v in
    select c.oid::regclass as name, case c.relkind when 'v' then 'view' else 'table' end as kind
      from pg_catalog.pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and obj_description(c.oid, 'pg_class') is not null
  loop
    execute format('comment on %s %s is null', v.kind, v.name);
  end loop;
  for v in
    select p.oid::regprocedure as name
      from pg_catalog.pg_proc p
     where p.pronamespace = 'public'::regnamespace and obj_description(p.oid, 'pg_proc') is not null
  loop
    execute format('comment on function %s is null', v.name);
  end loop;
end
$$;
