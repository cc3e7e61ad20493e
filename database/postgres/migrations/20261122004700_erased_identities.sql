-- Remembering whom we must not bring back unnoticed (SPEC DB-8), without remembering who that is:
-- keyed hashes (HMAC-SHA256 under a secret of the company) of e-mail, phone, and name with address.
-- A bare hash of a phone number is found by trying all numbers; under a secret that never leaves this
-- schema it isn't. A match flags the new customer for a person to look at: it isn't refused, since
-- people do come back, and an e-mail may belong to somebody else by now.

create extension if not exists pgcrypto schema extensions;

create table private.company_secrets (
  company_id uuid primary key references public.companies (id) on delete cascade,
  erasure_key bytea not null default extensions.gen_random_bytes(32)
);
alter table private.company_secrets enable row level security;
alter table private.company_secrets force row level security;

create table private.erased_identities (
  company_id uuid not null references public.companies (id) on delete cascade,
  kind text not null,
  hash bytea not null,
  erased_at timestamptz not null default now(),
  primary key (company_id, kind, hash),
  constraint erased_identities_kind_valid check (kind in ('email', 'phone', 'name_address', 'name'))
);
alter table private.erased_identities enable row level security;
alter table private.erased_identities force row level security;
-- Nobody reads these two but our definer functions, not even the service role.
revoke all on private.company_secrets, private.erased_identities from anon, authenticated, service_role;

-- The hash of one key; null for no key.
create function private.identity_hash(p_secret bytea, p_kind text, p_key text)
returns bytea
language sql immutable
set search_path = ''
as $$
  select extensions.hmac(convert_to(p_kind || ':' || p_key, 'UTF8'), p_secret, 'sha256')
$$;

-- What somebody is found again by when there is no e-mail and no phone.
create function private.name_address_key(p_name text, p_address text)
returns text
language sql stable
set search_path = ''
as $$
  select private.name_key(p_name) || '|' || nullif(regexp_replace(private.fold(p_address), '[^[:alnum:]]+', ' ', 'g'), '')
$$;

create function private.flag_erased_identity()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_secret bytea;
  v_new boolean := tg_op = 'INSERT';
begin
  if new.erased_at is not null then
    new.flagged_erased_at := null;
    return new;
  end if;
  -- One probe of an index where nobody was ever erased.
  if new.flagged_erased_at is not null
     or not exists (select from private.erased_identities i where i.company_id = new.company_id) then
    return new;
  end if;
  select s.erasure_key into v_secret from private.company_secrets s where s.company_id = new.company_id;
  -- Only what this write brings: a flag that somebody settled doesn't come back with the next edit.
  if exists (
    select from private.erased_identities i
      join (values
             ('email', case when v_new or new.customer_email is distinct from old.customer_email then new.email_key end),
             ('phone', case when v_new or new.customer_phone is distinct from old.customer_phone then new.phone_key end),
             ('name_address', case
                when v_new or new.customer_name is distinct from old.customer_name
                  or new.customer_address is distinct from old.customer_address
                then private.name_address_key(new.customer_name, new.customer_address) end),
             ('name', case when v_new or new.customer_name is distinct from old.customer_name then new.name_key end)
           ) as k (kind, key)
        on i.kind = k.kind and i.hash = private.identity_hash(v_secret, k.kind, k.key)
     where i.company_id = new.company_id
  ) then
    new.flagged_erased_at := now();
  end if;
  return new;
end
$$;
-- Sorts behind the trigger that keeps the keys.
create trigger customers_zz_flag_erased
  before insert or update of customer_name, customer_email, customer_phone, customer_address, erased_at
  on public.customers
  for each row execute function private.flag_erased_identity();

create index customers_flagged_idx on public.customers (company_id, flagged_erased_at) where flagged_erased_at is not null;

-- Settles a flag: the person came back, or it is somebody else.
create function private.dismiss_erasure_flag(p_company uuid, p_customer uuid)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_company, '{owner}', 'settle who was erased');
  update public.customers c set flagged_erased_at = null
   where c.company_id = p_company and c.id = p_customer and c.flagged_erased_at is not null;
  if not found then
    raise exception 'This customer is not flagged.' using errcode = 'P0002';
  end if;
  perform private.write_audit(p_company, p_customer, 'flag_dismissed');
end
$$;
-- Settles the flag of a customer who came back after an erasure. Owners only.
create function public.dismiss_erasure_flag(p_company uuid, p_customer uuid)
returns void language sql volatile security invoker set search_path = ''
as $$ select private.dismiss_erasure_flag(p_company, p_customer) $$;

revoke execute on function
  private.identity_hash(bytea, text, text), private.name_address_key(text, text), private.flag_erased_identity(),
  private.dismiss_erasure_flag(uuid, uuid), public.dismiss_erasure_flag(uuid, uuid)
  from public, anon, authenticated, service_role;
-- It asks for the role itself.
grant execute on function private.dismiss_erasure_flag(uuid, uuid), public.dismiss_erasure_flag(uuid, uuid) to authenticated;
