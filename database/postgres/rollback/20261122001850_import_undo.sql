drop function private.take_back_imported(uuid, jsonb[]);
drop function private.may_undo_import(uuid, uuid);
drop function private.forbidden_undo_sentence(uuid);
