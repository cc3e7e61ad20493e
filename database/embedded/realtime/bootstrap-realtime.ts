import type { Sql } from 'postgres'

/** The channel of LISTEN and NOTIFY between `realtime.send` and the endpoint. */
export const NOTIFY_CHANNEL = 'realtime_broadcast'

/**
 * The schema of Supabase Realtime as far as broadcast from the database needs it, with the names and
 * signatures of the hosted one. There a message is a row that Realtime reads from the write-ahead log;
 * here it is a notification, and `realtime.messages` only carries the policies. Safe to repeat.
 */
export async function bootstrapRealtime(sql: Sql): Promise<void> {
  await sql
    .unsafe(
      `create schema if not exists realtime;
      grant usage on schema realtime to anon, authenticated, service_role;
      create table if not exists realtime.messages (
        id uuid not null default gen_random_uuid(),
        topic text not null,
        extension text not null,
        payload jsonb,
        event text,
        private boolean default false,
        inserted_at timestamp not null default now(),
        updated_at timestamp not null default now(),
        primary key (id, inserted_at)
      );
      alter table realtime.messages enable row level security;
      grant select, insert, update on realtime.messages to anon, authenticated, service_role;
      create or replace function realtime.topic() returns text language sql stable as $$
        select nullif(current_setting('realtime.topic', true), '')::text
      $$;
      create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
      returns void language plpgsql as $$
      begin
        perform pg_notify('${NOTIFY_CHANNEL}', json_build_object(
          'topic', topic, 'event', event, 'payload', payload, 'private', private)::text);
      exception when others then
        raise warning 'ErrorSendingBroadcastMessage: %', sqlerrm;
      end
      $$;
      revoke execute on function realtime.send(jsonb, text, text, boolean) from public;`,
    )
    .simple()
}
