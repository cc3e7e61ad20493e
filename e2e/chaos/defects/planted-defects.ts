/** A mistake that somebody could make, as a change of the source, and the invariant that must notice. */
export interface PlantedDefect {
  readonly file: string
  readonly from: string
  readonly to: string
  readonly invariant: string
}

/** Mistakes that the harness must find: a harness that finds none of them proves nothing. */
export const PLANTED_DEFECTS = {
  'acknowledged before it is durable': {
    file: 'sync/replication/replica-store.ts',
    from: 'await this.#replica.commit(',
    to: 'void this.#replica.commit(',
    invariant: 'no acknowledged write lost',
  },
  'the checkpoint is stored before its rows': {
    file: 'sync/replication/pull-loop.ts',
    from: 'const news = await this.#writeParts(parts)',
    to: `await store.write(() => ({ state: { ...toState(checkpoints), serverClock } }))
    await new Promise((resolve) => setTimeout(resolve, 150))
    const news = await this.#writeParts(parts)`,
    invariant: 'convergence',
  },
  'the ledger forgets': {
    file: 'e2e/chaos/tenants.ts',
    from: '  return Promise.all(',
    to: `  await sql.unsafe(\`
    create or replace function private.forget() returns trigger language plpgsql security definer set search_path = '' as
      $$ begin delete from private.judged_mutations where true; return null; end $$;
    create or replace trigger forget after insert on private.judged_mutations
      for each statement execute function private.forget();\`).simple()
  return Promise.all(`,
    invariant: 'idempotence',
  },
  'the base of an edit is ignored': {
    file: 'sync/conflict/three-way-merge.ts',
    from: 'if (sameValue(mine, theirs) || sameValue(base, theirs)) return',
    to: 'if (base !== null || mine !== null) return',
    invariant: 'conflicts',
  },
} as const satisfies Readonly<Record<string, PlantedDefect>>

export type DefectName = keyof typeof PLANTED_DEFECTS
