-- The customers (SPEC DB-1). Limits equal to shared/domain/customer.ts; lengths are counted in code
-- points here and in UTF-16 units there, so that a text the app accepts always fits.

create table public.customers (
  id uuid primary key default gen_random_uuid(),
  company_id uuid not null references public.companies (id),
  customer_name text not null,
  customer_email text,
  customer_phone text,
  customer_address text,
  customer_website text,
  customer_notes text,
  tags text[] not null default '{}',
  source text not null default 'manual',
  owner_id uuid,
  -- No foreign key: who created a customer stays known after that person has left.
  created_by_user_id uuid,
  created_by_user_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_seen_at timestamptz,
  conversation_count integer not null default 0,
  view_count integer not null default 0,
  deleted_at timestamptz,
  merged_into uuid,
  -- Anonymised for good (SPEC DB-8): what is left is a tombstone that nobody edits or restores.
  erased_at timestamptz,
  -- Came back under an identity that was erased: somebody must look (SPEC DB-8).
  flagged_erased_at timestamptz,
  -- Per field edited after creation: {"name": {"at", "by", "byName"}}, and "importId" where an import did it.
  -- Written by the stamp trigger only.
  field_edits jsonb not null default '{}',
  -- Carry the time of an edit, and {field: time} where fields were edited at different ones, from a
  -- writer to the stamp trigger, which moves them into field_edits: always null at rest. A
  -- transaction-local setting was rejected, since one statement of sync_push writes many rows that
  -- were edited at different times.
  edited_at timestamptz,
  edit_times jsonb,
  -- Likewise the import that an edit belongs to: field_edits remembers it until the field's next edit.
  edit_import uuid,
  -- The transaction that wrote this version: what the gap-free cursor of sync_pull walks.
  rev xid8 not null default pg_current_xact_id(),

  -- Target of tenant-safe foreign keys.
  constraint customers_company_id_id_key unique (company_id, id),
  constraint customers_owner_fkey foreign key (company_id, owner_id)
    references public.company_members (company_id, user_id) on delete set null (owner_id),
  constraint customers_merged_into_fkey foreign key (company_id, merged_into)
    references public.customers (company_id, id),

  -- The lowest id is where a page of sync_pull starts: a row there would be skipped.
  constraint customers_id_not_nil check (id <> '00000000-0000-0000-0000-000000000000'),
  constraint customers_name_valid check (char_length(customer_name) <= 200 and customer_name ~ '\S'),
  constraint customers_email_valid
    check (char_length(customer_email) <= 320 and customer_email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'),
  constraint customers_phone_valid check (char_length(customer_phone) <= 64),
  constraint customers_address_valid check (char_length(customer_address) <= 500),
  constraint customers_website_valid check (char_length(customer_website) <= 500),
  constraint customers_notes_valid check (char_length(customer_notes) <= 20000),
  constraint customers_tags_count_valid
    check (cardinality(tags) <= 50 and array_position(tags, null) is null and array_position(tags, '') is null),
  constraint customers_source_valid check (source in ('chat', 'manual', 'import')),
  constraint customers_counts_valid check (conversation_count >= 0 and view_count >= 0),
  constraint customers_times_valid check (
    created_at between '1900-01-01Z' and '9999-01-01Z'
    and updated_at between '1900-01-01Z' and '9999-01-01Z'
    and last_seen_at between '1900-01-01Z' and '9999-01-01Z'
    and deleted_at between '1900-01-01Z' and '9999-01-01Z'
  ),
  constraint customers_merged_into_other check (merged_into <> id),
  -- A customer that was merged or erased is gone from the lists.
  constraint customers_merged_is_deleted check (merged_into is null or deleted_at is not null),
  constraint customers_erased_is_deleted check (erased_at is null or deleted_at is not null)
);

-- A CHECK can't look into an array without a helper.
create function private.tags_are_short(p_tags text[])
returns boolean
language sql immutable
set search_path = ''
as $$
  select coalesce(bool_and(char_length(tag) <= 60), true) from unnest(p_tags) as t (tag)
$$;
revoke execute on function private.tags_are_short(text[]) from public, anon;
grant execute on function private.tags_are_short(text[]) to authenticated, service_role;
alter table public.customers
  add constraint customers_tags_length_valid check (tags = '{}' or private.tags_are_short(tags));

-- sync_pull's cursor.
create index customers_company_rev_idx on public.customers (company_id, rev, id);
-- Foreign keys.
create index customers_owner_idx on public.customers (company_id, owner_id) where owner_id is not null;
create index customers_merged_into_idx on public.customers (company_id, merged_into) where merged_into is not null;
-- Lists (SPEC DB-2).
create index idx_customers_company_name on public.customers (company_id, lower(customer_name), id) where deleted_at is null;
create index idx_customers_company_created on public.customers (company_id, created_at desc, id) where deleted_at is null;

-- Nobody deletes a row for good; source, counters, creator and merge target are not for clients to
-- write, so the right to those columns is not given.
revoke all on public.customers from anon, authenticated;
grant select on public.customers to authenticated;
grant insert (
  id, company_id, customer_name, customer_email, customer_phone, customer_address, customer_website, customer_notes,
  tags, source, owner_id, created_at
) on public.customers to authenticated;
grant update (
  customer_name, customer_email, customer_phone, customer_address, customer_website, customer_notes,
  tags, owner_id, deleted_at, edited_at, edit_times, edit_import
) on public.customers to authenticated;
grant all on public.customers to service_role;

-- What people edit, under its names in shared/domain/customer.ts: whoever compares two versions of a
-- customer, or asks which fields there are, asks here. PL/pgSQL: a third faster than an SQL function
-- that is not inlined (measured).
create function private.customer_fields(p_customer public.customers)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'name', p_customer.customer_name,
    'email', p_customer.customer_email,
    'phone', p_customer.customer_phone,
    'address', p_customer.customer_address,
    'website', p_customer.customer_website,
    'notes', p_customer.customer_notes,
    'tags', p_customer.tags,
    'ownerId', p_customer.owner_id);
end
$$;

-- Immutable, so that a plan holds the answer.
create function private.customer_field_names()
returns text[]
language sql immutable
set search_path = ''
as $$
  select array(select jsonb_object_keys(private.customer_fields(null)))
$$;
revoke execute on function private.customer_fields(public.customers), private.customer_field_names() from public, anon;
grant execute on function private.customer_fields(public.customers), private.customer_field_names()
  to authenticated, service_role;
