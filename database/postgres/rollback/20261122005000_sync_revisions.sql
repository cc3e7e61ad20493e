alter table public.companies drop column sync_window_days;

drop trigger saved_filters_bury_unshared on public.saved_filters;
drop function private.bury_unshared_filters();

do $$
declare
  v_table record;
begin
  for v_table in
    select * from (values
      ('public."VC Usage"', 'vc_usage'), ('public.quotes', 'quotes'),
      ('public.customer_interactions', 'customer_interactions'), ('public.customer_merges', 'customer_merges'),
      ('public.audit_log', 'audit_log'), ('public.saved_filters', 'saved_filters'),
      ('public.import_batches', 'import_batches'), ('public.customer_suggestions', 'customer_suggestions'),
      ('public.chat_link_candidates', 'chat_link_candidates')) as t (name, prefix)
  loop
    execute format('drop trigger %I on %s', v_table.prefix || '_stamp_rev', v_table.name);
    execute format('drop trigger if exists %I on %s', v_table.prefix || '_bury', v_table.name);
    execute format('alter table %s drop column rev', v_table.name);
  end loop;
end
$$;
alter table public.audit_log drop column entry_id;

drop function private.make_replicable(regclass, text, text, text);
drop function private.bury_rows();
drop function private.stamp_rev();
drop table private.sync_tombstones;
