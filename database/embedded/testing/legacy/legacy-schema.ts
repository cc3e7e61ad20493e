/**
 * The database as it was before this product: an unused `customers` table of another shape, the chat
 * log without links and without tenant-safe keys, interactions that know a session and a name. With
 * columns, an index, a trigger and rights that this product knows nothing of and must not touch.
 */
export const LEGACY_SCHEMA = `
  create table public.companies (
    id uuid primary key,
    name text not null,
    plan text default 'basic'
  );

  create table public.customers (
    id serial primary key,
    name text,
    mail text,
    phone text,
    note text
  );
  insert into public.customers (name, mail) values ('Test', 'test@example.com'), ('Another Test', null);

  create table public."VC Usage" (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null,
    session_id text,
    user_id uuid,
    interaction_number integer default 1,
    customer_name text,
    customer_email text,
    customer_phone text,
    customer_address text,
    summary text,
    messages jsonb default '[]',
    model text,
    tokens_used integer,
    view_count integer default 0,
    last_viewed_at timestamptz,
    created_at timestamptz default now()
  );
  create index vc_usage_session on public."VC Usage" (session_id);
  create function public.count_tokens() returns trigger language plpgsql as $$
  begin
    new.tokens_used := coalesce(new.tokens_used, length(new.messages::text) / 4);
    return new;
  end $$;
  create trigger count_tokens before insert on public."VC Usage" for each row execute function public.count_tokens();
  grant select on public."VC Usage" to authenticated;
  grant all on public."VC Usage" to service_role;

  create table public.customer_interactions (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null,
    session_id text,
    customer_name text,
    interaction_type text,
    viewed_at timestamptz default now(),
    user_id uuid
  );
  grant all on public.customer_interactions to service_role;`

/** The columns that a legacy table has; what a rollback must give back to the byte. */
export const LEGACY_COLUMNS = {
  'VC Usage':
    'id, company_id, session_id, user_id, interaction_number, customer_name, customer_email, customer_phone, customer_address, summary, messages, model, tokens_used, view_count, last_viewed_at, created_at',
  customer_interactions: 'id, company_id, session_id, customer_name, interaction_type, viewed_at, user_id',
  companies: 'id, name, plan',
} as const
