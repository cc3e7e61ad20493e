-- The roadmap's full rollback of the data: triggers off, links of the migration gone, what 'Data
-- Migration' made deleted, chats as they were. Nothing where no migration has run.
do $$
begin
  if exists (select from private.data_migrations) then
    perform private.undo_data_migration();
  end if;
end
$$;

drop function private.undo_data_migration();
drop function private.drop_data_migration_backup();
drop function private.data_migration_cleanup(uuid);
drop function private.data_migration_verify(uuid);
drop function private.data_migration_find_duplicates(uuid);
drop function private.data_migration_enrich(uuid);
drop function private.data_migration_link(uuid, integer);
drop function private.data_migration_create(uuid, integer);
drop function private.data_migration_identify(uuid);
drop function private.data_migration_scope(uuid);
drop function private.data_migration_backup(uuid);
drop table private.data_migration_duplicates;
drop table private.data_migration_chats;
drop table private.data_migration_backup;
drop table private.data_migrations;
