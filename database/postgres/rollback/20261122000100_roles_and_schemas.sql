-- The customers that were set aside come back. Not undone: the default privileges (what is made from
-- now on stays closed until somebody opens it) and the schema of the extensions.
do $$
begin
  if to_regclass('legacy_backup.customers') is not null then
    alter table legacy_backup.customers set schema public;
    drop schema legacy_backup;
  end if;
end
$$;
drop function private.undo_table(text);
drop table private.legacy_shapes;
drop schema private;
