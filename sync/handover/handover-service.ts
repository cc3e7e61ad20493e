import type { Handover, HandoverFile } from '#shared/replica-api/handover.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import { countUnsent, type HandoverContents } from './handover-contents.ts'
import { type HandoverNote, type HandoverVault, PASSPHRASE_LOST } from './handover-vault.ts'
import type { Requeued } from './requeue.ts'

/** Where the work of a hand-over can be put back: the open workspace. */
export interface RequeueTarget {
  readonly companyId: string
  requeue(contents: HandoverContents): Promise<Result<Requeued>>
}

const GONE = fail('nothing_to_do', 'These changes were settled in the meantime.')

/** What a user can do with their hand-overs. Each method answers for the given user's only. */
export class HandoverService {
  readonly #vault: HandoverVault
  readonly #newId: () => string

  constructor(vault: HandoverVault, newId: () => string) {
    this.#vault = vault
    this.#newId = newId
  }

  /** The hand-overs that hold anything. */
  async list(userId: string, openCompanyId: string | null): Promise<Handover[]> {
    const notes = (await this.#vault.of(userId)).filter((note) => note.unsent > 0)
    return notes.map(({ id, companyId, companyName, unsent, lostAt }) => {
      return { id, companyId, companyName, unsent, lostAt, canRequeue: companyId === openCompanyId }
    })
  }

  /** The hand-over as a file. Fails with `nothing_to_do` or `passphrase_lost`. */
  async save(userId: string, id: string): Promise<Result<HandoverFile>> {
    const note = await this.#find(userId, id)
    if (note === null) return GONE
    const passphrase = await this.#vault.passphrase(id)
    if (passphrase === null) return fail('passphrase_lost', PASSPHRASE_LOST)
    return ok({ fileName: `unsent-changes-${note.lostAt.slice(0, 10)}.handover.json`, content: note.file, passphrase })
  }

  /** Removes the hand-over from this computer. */
  async discard(userId: string, id: string): Promise<Result<null>> {
    if ((await this.#find(userId, id)) === null) return GONE
    return guardStorage(async () => {
      await this.#vault.discard(id)
      return ok(null)
    })
  }

  /**
   * Puts a hand-over back into the outbox of its company. What finds no place there stays kept.
   * Fails as `HandoverVault.open` does, and while another company is open.
   */
  async requeue(
    userId: string,
    id: string,
    target: RequeueTarget | null,
  ): Promise<Result<{ queued: number; left: number }>> {
    const note = await this.#find(userId, id)
    if (note === null) return GONE
    if (target === null || target.companyId !== note.companyId) {
      return fail('other_company', `Switch to ${note.companyName} first: these changes belong there.`)
    }
    const contents = await this.#vault.open(note)
    if (!contents.ok) return contents
    const requeued = await target.requeue(contents.value)
    if (!requeued.ok) return requeued
    return guardStorage(async () => {
      const { left } = requeued.value
      const remaining = countUnsent(left)
      // In one write: what a crash leaves as a purge would take the replica that the rest has just gone to.
      if (remaining > 0) await this.#vault.keep(this.#newId(), { ...contents.value, ...left }, { purged: true })
      await this.#vault.discard(id)
      return ok({ queued: note.unsent - remaining, left: remaining })
    })
  }

  async #find(userId: string, id: string): Promise<HandoverNote | null> {
    return (await this.#vault.of(userId)).find((note) => note.id === id) ?? null
  }
}
