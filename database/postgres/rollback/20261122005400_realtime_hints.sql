do $$
begin
  if to_regclass('realtime.messages') is not null then
    execute 'drop policy if exists company_hints_select on realtime.messages';
  end if;
end
$$;
drop function private.my_topics();

do $$
declare
  v_trigger record;
begin
  for v_trigger in
    select t.tgname, t.tgrelid::regclass as of_table
      from pg_catalog.pg_trigger t
     where t.tgfoid in ('private.note_change()'::regprocedure, 'private.note_company_change()'::regprocedure)
  loop
    execute format('drop trigger %I on %s', v_trigger.tgname, v_trigger.of_table);
  end loop;
end
$$;
drop table private.pending_hints;
drop function private.make_hinting(regclass, text, text);
drop function private.note_company_change();
drop function private.note_change();
drop function private.flush_hint();
drop function private.send_hint(uuid, text[]);
