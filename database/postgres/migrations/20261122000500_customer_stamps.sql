-- What the database itself writes into each version of a customer, and the two rules of the role
-- matrix that a policy can't express (SPEC R-1): only an owner deletes or restores, and nobody
-- edits a deleted customer. Invoker rights: a caller without claims (migrations, service role) is
-- trusted, and so are our own definer functions (merge, erase), which have asked for the role
-- before; anybody else with a token is not. What was erased stays erased, whoever asks.

-- Whether the statement runs with the rights of whoever owns the customers: inside our definer
-- functions and in the database's own upkeep, never in a request.
create function private.is_table_owner()
returns boolean
language sql stable
set search_path = ''
as $$
  select c.relowner = current_user::regrole from pg_catalog.pg_class c where c.oid = 'public.customers'::regclass
$$;
revoke execute on function private.is_table_owner() from public, anon;
grant execute on function private.is_table_owner() to authenticated, service_role;

create function private.stamp_customer()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid;
  -- Within the years that everybody can print: 'infinity' would choke every replica that pulls it.
  v_at timestamptz := case when new.edited_at is not null then least(greatest(new.edited_at, '2000-01-01Z'), now()) end;
  v_times jsonb := new.edit_times;
  v_import jsonb := case when new.edit_import is null then '{}' else jsonb_build_object('importId', new.edit_import) end;
  v_was jsonb;
  v_is jsonb;
  v_edited text[];
  v_role public.member_role;
begin
  new.rev := pg_current_xact_id();
  new.edited_at := null;
  new.edit_times := null;
  new.edit_import := null;
  -- An empty text is no text.
  new.customer_email := nullif(new.customer_email, '');
  new.customer_phone := nullif(new.customer_phone, '');
  new.customer_address := nullif(new.customer_address, '');
  new.customer_website := nullif(new.customer_website, '');
  new.customer_notes := nullif(new.customer_notes, '');

  if tg_op = 'INSERT' then
    new.field_edits := '{}';
    v_user := auth.uid();
    if v_user is not null then
      new.created_by_user_id := v_user;
      new.created_by_user_name := private.my_display_name(new.company_id);
      new.created_at := least(greatest(new.created_at, '1900-01-01Z'), now());
      new.updated_at := now();
    end if;
    return new;
  end if;

  new.id := old.id;
  new.company_id := old.company_id;
  new.field_edits := old.field_edits;

  -- Being looked at, or counted after a chat, is no change of the customer: most updates end here.
  v_was := private.customer_fields(old);
  v_is := private.customer_fields(new);
  if v_is = v_was
     and (new.deleted_at, new.merged_into, new.erased_at) is not distinct from (old.deleted_at, old.merged_into, old.erased_at) then
    new.updated_at := old.updated_at;
    return new;
  end if;
  new.updated_at := now();
  v_user := auth.uid();

  v_edited := array(select f.key from jsonb_each(v_is) f where f.value <> v_was -> f.key);

  if old.erased_at is not null
     and (v_edited <> '{}' and v_edited <> '{ownerId}' or new.deleted_at is null or new.erased_at is null) then
    raise exception 'This customer was erased for good: it can''t be edited or restored.' using errcode = '55000';
  end if;

  if v_user is not null and not private.is_table_owner() then
    if old.merged_into is not null and new.deleted_at is null then
      raise exception 'This customer was merged into another one. Undo the merge instead.' using errcode = '55000';
    end if;
    if (new.deleted_at is null) <> (old.deleted_at is null) then
      v_role := private.my_role(old.company_id);
      if v_role is distinct from 'owner' then
        raise exception '% can''t delete customers in this company.', initcap(coalesce(v_role::text, 'a stranger'))
          using errcode = '42501';
      end if;
    end if;
    -- Taking a leaver off the customers (the foreign key does it) is no edit.
    if v_edited <> '{}' and old.deleted_at is not null and new.deleted_at is not null
       and not (v_edited = '{ownerId}' and new.owner_id is null) then
      raise exception 'This customer was deleted. Restore it before editing it.' using errcode = '55000';
    end if;
    new.deleted_at := case
      when new.deleted_at is null then null
      else coalesce(old.deleted_at, v_at, now())
    end;
  end if;

  if new.erased_at is not null then
    new.field_edits := '{}';
  elsif v_edited <> '{}' then
    select new.field_edits || jsonb_object_agg(
             field,
             jsonb_build_object(
               'at', to_char(
                 least(greatest(coalesce((v_times ->> field)::timestamptz, v_at, now()), '2000-01-01Z'), now())
                   at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'by', v_user,
               'byName', private.my_display_name(new.company_id)) || v_import)
      into new.field_edits
      from unnest(v_edited) as e (field);
  end if;
  return new;
end
$$;
revoke execute on function private.stamp_customer() from public, anon, authenticated;

create trigger customers_stamp
  before insert or update on public.customers
  for each row execute function private.stamp_customer();
