drop function public.merge_customers(uuid, uuid, uuid[], jsonb, uuid);
drop function private.apply_merge(uuid, uuid, uuid, uuid[], jsonb, timestamptz);
drop function private.chosen_value(text, jsonb, jsonb);
drop function private.write_customer_fields(uuid, uuid, jsonb);
drop function private.customer_image(public.customers);
