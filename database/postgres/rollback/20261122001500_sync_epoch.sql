drop function private.start_new_sync_epoch;
drop function private.sync_epoch;
drop table private.sync_epoch;
