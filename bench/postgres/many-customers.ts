import type { Sql } from 'postgres'

/** Companies beside the one that is measured, each as large. */
const OTHER_COMPANIES = 9
const HOT_CUSTOMERS = 200
const CHATS_OF_A_HOT_CUSTOMER = 200

export const BENCH_COMPANY = 'bbbbbbbb-0000-4000-8000-000000000001'

/**
 * Puts `rows` customers into each of ten companies, of people with names, addresses and numbers that
 * repeat as they do in life, and long histories into a few of them; `userId` becomes a sales rep of the
 * first one. By SQL and without triggers and indexes, which are made again afterwards: a million rows
 * through the front door would take half an hour.
 */
export async function loadManyCustomers(sql: Sql, rows: number, userId: string): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i
     where i.indrelid in ('public.customers'::regclass, 'private.customer_search'::regclass, 'public."VC Usage"'::regclass)
       and not i.indisunique`
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`set local maintenance_work_mem = '512MB'`
    for (const { name } of indexes) await tx.unsafe(`drop index ${name}`)
    await tx`
      insert into public.companies (id, name, country)
      select overlay(${BENCH_COMPANY} placing lpad(n::text, 12, '0') from 25)::uuid, 'Company ' || n, 'GB'
        from generate_series(1, ${OTHER_COMPANIES + 1}::int) n`
    await tx`
      insert into public.company_members (company_id, user_id, role, display_name)
      values (${BENCH_COMPANY}, ${userId}, 'sales', 'Bench')`
    await tx.unsafe(CUSTOMERS, [rows * (OTHER_COMPANIES + 1), OTHER_COMPANIES + 1, BENCH_COMPANY])
    await tx`
      insert into private.customer_search (company_id, customer_id, name, search_text, name_families)
      select c.company_id, c.id, lower(c.customer_name), private.customer_search_text(c),
             private.name_families(c.customer_name)
        from public.customers c
          on conflict do nothing`
    await tx`
      insert into public."VC Usage" (
        company_id, session_id, customer_id, customer_linked_at, customer_link_source, summary, messages, created_at)
      select c.company_id, 'bench-' || n, c.id, now(), 'migration', 'Asked about delivery',
             '[{"role": "customer", "text": "When does it come?"}, {"role": "assistant", "text": "On Monday."}]',
             now() - n * interval '1 day'
        from (select id, company_id from public.customers where company_id = ${BENCH_COMPANY} order by id limit ${HOT_CUSTOMERS}) c
       cross join generate_series(1, ${CHATS_OF_A_HOT_CUSTOMER}::int) n`
    // On all parts of a table, too.
    for (const { definition } of indexes) await tx.unsafe(definition.replace(' ON ONLY ', ' ON '))
  })
  await sql`vacuum analyze public.customers`
  await sql`vacuum analyze private.customer_search`
  await sql`vacuum analyze public."VC Usage"`
}

/** $1 customers over $2 companies, $3 the first one. Pseudo-random, the same each time. */
const CUSTOMERS = `
  insert into public.customers (
    company_id, customer_name, customer_email, customer_phone, customer_address, customer_notes, tags, source,
    created_at, name_key, email_key, phone_key)
  select overlay($3::text placing lpad((1 + n % $2::int)::text, 12, '0') from 25)::uuid,
         p.name, p.email, p.phone, p.address, p.notes, '{}', 'import',
         now() - (h % 900000) * interval '1 minute',
         lower(p.name), p.email, p.phone
    from generate_series(1, $1::int) n
   cross join lateral (select abs(hashint8extended(n, 1)) as h) r
   cross join lateral (select
     (array['Anna','Peter','Maria','John','Jan','Sophie','Lukas','Emma','Olga','Ahmed','Chen','Priya','Fatima','Tom',
            'Julia','Karl','Nina','Paul','Rosa','Sven','Marta','Ivan','Lea','Max','Zoe','Omar','Ines','Hugo','Ada','Finn'])
       [1 + h % 30] as first,
     (array['Kowal','Schmidt','Garc','Smith','Novak','Müll','Brown','Ross','Jens','Popov','Silv','Khan','Satō','Dubo',
            'Web','Lars','Cost','Mor','Fisch','Tayl','Lind','Berg','Hart','Quinn','Wood','Stone','Fern','Holm','Berl','Vidal'])
       [1 + h / 31 % 30] ||
     (array['ski','sen','mann','er','son','ia','ez','ova','is','well','ton','eau'])[1 + h / 977 % 12] as last,
     (array['High Street','Station Road','Church Lane','Mill Road','Park Avenue','Queens Walk','Bridge Street','Elm Grove',
            'Victoria Place','Orchard Close','Harbour View','Kings Parade'])[1 + h / 29 % 12] as street,
     (array['London','Leeds','York','Bath','Derby','Oxford','Exeter','Dundee','Cardiff','Belfast','Ripon','Truro'])
       [1 + h / 37 % 12] as town) w
   cross join lateral (select
     w.first || ' ' || w.last as name,
     lower(w.first || '.' || private.fold(w.last)) || n || '@example.com' as email,
     '+447' || lpad((h % 1000000000)::text, 9, '0') as phone,
     1 + h % 250 || ' ' || w.street || ', ' || w.town as address,
     case when n % 3 = 0 then 'Prefers calls in the morning' end as notes) p`
