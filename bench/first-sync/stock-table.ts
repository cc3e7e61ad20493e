import type { Sql } from 'postgres'

/** The table that the stock plugin pulls from. */
export const STOCK_TABLE = 'bench_customers'

/**
 * A copy of the customers in the shape that the stock plugin's guide asks for: `_modified` and
 * `_deleted` columns, an index on its cursor, and row-level security with the policy of the original.
 * It exists in the benchmark's own database only.
 */
export async function makeStockTable(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table public.${STOCK_TABLE} as
      select id, company_id, customer_name, customer_email, customer_phone, customer_address, customer_notes,
        to_jsonb(tags) as tags, source, owner_id, created_by_user_id, created_by_user_name, created_at, updated_at,
        last_seen_at, conversation_count, view_count, updated_at as _modified, deleted_at is not null as _deleted
      from public.customers;
    alter table public.${STOCK_TABLE} add primary key (id);
    create index on public.${STOCK_TABLE} (_modified, id);
    alter table public.${STOCK_TABLE} enable row level security;
    create policy bench_select on public.${STOCK_TABLE} for select to authenticated
      using (company_id = any ((select private.my_company_ids())::uuid[]));
    revoke all on public.${STOCK_TABLE} from anon, authenticated;
    grant select on public.${STOCK_TABLE} to authenticated;
    analyze public.${STOCK_TABLE};
    analyze public.customers;
  `)
}
