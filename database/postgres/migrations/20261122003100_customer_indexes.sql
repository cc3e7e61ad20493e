-- CUSTOMER-INDEXES (SPEC DB-2). idx_customers_company_name and idx_customers_company_created came
-- with the table. What each is for, its plan and its upkeep: docs/indexes.md.

-- Prefixes ("anna@", "+4930") and equality in one: pattern operators do both in every collation.
-- Deleted customers stay in: a chat of somebody who was merged away finds the merge's target.
create index idx_customers_email on public.customers (company_id, email_key text_pattern_ops)
  where email_key is not null;
create index idx_customers_phone on public.customers (company_id, phone_key text_pattern_ops)
  where phone_key is not null;
create index customers_name_key_idx on public.customers (company_id, name_key) where name_key is not null;

-- Fuzzy search inside one company: the company id in the same GIN (btree_gin), so that the trigrams
-- of a million customers of others are never looked at.
create index idx_customers_search_composite on private.customer_search
  using gin (company_id, search_text extensions.gin_trgm_ops, name_families);
-- Words that many have: the first of them by name.
create index customer_search_name_idx on private.customer_search (company_id, name, customer_id);

create index idx_customer_interactions_company on public.customer_interactions (company_id, viewed_at desc);
