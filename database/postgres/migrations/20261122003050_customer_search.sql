-- What the server's search looks through (SPEC DB-2), beside the customers: their rows are written anew
-- after each chat and each look at them, and every version of a row in a table with a trigram index costs
-- some hundred entries in it. Living customers only; `name` is what hits are sorted by.
--
-- In parts by company, since a trigram index lists the rows of all companies under each trigram: a search for
-- a misspelt name read 400 pages of them (1,000,000 customers of ten companies), of which nine tenths were
-- other companies'.

create table private.customer_search (
  company_id uuid not null,
  customer_id uuid not null,
  name text not null,
  search_text text not null,
  primary key (company_id, customer_id),
  constraint customer_search_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id) on delete cascade
) partition by hash (company_id);
alter table private.customer_search enable row level security;
alter table private.customer_search force row level security;
revoke all on private.customer_search from anon, authenticated, service_role;
do $$
declare
  c_parts constant integer := 16;
  v_part text;
begin
  for v_number in 0 .. c_parts - 1 loop
    v_part := format('private.customer_search_%s', v_number);
    execute format(
      'create table %s partition of private.customer_search for values with (modulus %s, remainder %s)',
      v_part, c_parts, v_number);
    execute format('alter table %s enable row level security', v_part);
    execute format('alter table %s force row level security', v_part);
    execute format('revoke all on %s from anon, authenticated, service_role', v_part);
  end loop;
end
$$;

-- Notes only as far as a list would show them: trigrams of 20,000 characters would cost more than all
-- other indexes together.
create function private.customer_search_text(p_customer public.customers)
returns text
language sql stable
set search_path = ''
as $$
  -- A blank in front: "% an%" finds the beginning of any word, the first one too.
  select private.fold(concat_ws(' ', '', p_customer.customer_name, p_customer.customer_email, p_customer.customer_phone,
                                p_customer.phone_key, p_customer.customer_address,
                                nullif(array_to_string(p_customer.tags, ' '), ''), left(p_customer.customer_notes, 1000)))
$$;

-- New customers come by the thousand: one statement for all of them.
create function private.index_new_customers()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.customer_search (company_id, customer_id, name, search_text)
  select n.company_id, n.id, lower(n.customer_name), private.customer_search_text(n) from created n where n.deleted_at is null;
  return null;
end
$$;
create trigger customers_search_insert
  after insert on public.customers
  referencing new table as created
  for each statement execute function private.index_new_customers();

-- Row by row, since only such a trigger can be limited to columns: counting costs nothing here.
create function private.index_changed_customer()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.deleted_at is not null then
    delete from private.customer_search s where s.company_id = new.company_id and s.customer_id = new.id;
  else
    insert into private.customer_search as s (company_id, customer_id, name, search_text)
    values (new.company_id, new.id, lower(new.customer_name), private.customer_search_text(new))
        on conflict (company_id, customer_id) do update set name = excluded.name, search_text = excluded.search_text
     where (s.name, s.search_text) <> (excluded.name, excluded.search_text);
  end if;
  return null;
end
$$;
create trigger customers_search_update
  after update of
    customer_name, customer_email, customer_phone, phone_key, customer_address, customer_notes, tags, deleted_at
  on public.customers
  for each row execute function private.index_changed_customer();

insert into private.customer_search (company_id, customer_id, name, search_text)
select c.company_id, c.id, lower(c.customer_name), private.customer_search_text(c) from public.customers c where c.deleted_at is null;

revoke execute on function
  private.customer_search_text(public.customers), private.index_new_customers(), private.index_changed_customer()
  from public, anon, authenticated;
