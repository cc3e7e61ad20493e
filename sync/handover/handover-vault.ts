import { z } from 'zod'
import type { Vault } from '#database/local/vault.ts'
import { parseJson } from '#shared/util/parse-json.ts'
import { fail, type Result } from '#shared/util/result.ts'
import type { SecretStore } from '../replication/backend.ts'
import { countUnsent, type HandoverContents } from './handover-contents.ts'
import { openHandover, sealHandover } from './handover-file.ts'
import { makePassphrase } from './passphrase.ts'

const noteSchema = z.object({
  id: z.guid(),
  userId: z.guid(),
  companyId: z.guid(),
  companyName: z.string(),
  unsent: z.number().int().nonnegative(),
  lostAt: z.string(),
  /** Whether access was lost on this computer only, by signing it out from elsewhere. */
  isSignedOut: z.boolean().default(false),
  /** Whether the replica is gone. Until then every start goes on removing it. */
  purged: z.boolean(),
  /** Whether the user has seen that access was lost, or has it again. */
  seen: z.boolean(),
  /** The sealed file. */
  file: z.string(),
})
/** A hand-over as it is kept on this computer. */
export type HandoverNote = z.infer<typeof noteSchema>

const NOTES_KEY = 'handovers'
const DAMAGED_KEY = 'handovers-damaged'

/**
 * The hand-overs kept on this computer until their owner saves or discards them. The passphrase of
 * each lies in the platform's secret store, or in the vault where the platform has none.
 *
 * Every method throws `StorageError`.
 */
export class HandoverVault {
  readonly #vault: Vault
  readonly #secrets: SecretStore | null

  constructor(vault: Vault, secrets: SecretStore | null) {
    this.#vault = vault
    this.#secrets = secrets
  }

  /** The hand-overs of a user, newest last. */
  async of(userId: string): Promise<HandoverNote[]> {
    return (await this.#read()).filter((note) => note.userId === userId)
  }

  /**
   * Seals and keeps contents. Durable when it resolves. `purged`: there is no replica to be removed for
   * them, and the user knows.
   */
  async keep(
    id: string,
    contents: HandoverContents,
    { purged = false, isSignedOut = false } = {},
  ): Promise<HandoverNote> {
    const passphrase = makePassphrase()
    const unsent = countUnsent(contents)
    const file = await sealHandover(contents, unsent, passphrase)
    const { user, company, lostAt } = contents
    const note = { id, userId: user.id, companyId: company.id, companyName: company.name, unsent, lostAt, file }
    // The passphrase first: a file that nothing opens would be lost work.
    await this.#keepPassphrase(id, passphrase)
    const kept: HandoverNote = { ...note, isSignedOut, purged, seen: purged }
    await this.#change((notes) => [...notes.filter((other) => other.id !== id), kept])
    return kept
  }

  /** Changes what is known about a hand-over. */
  mark(id: string, change: Partial<Pick<HandoverNote, 'purged' | 'seen'>>): Promise<void> {
    return this.#change((notes) => notes.map((note) => (note.id === id ? { ...note, ...change } : note)))
  }

  /** Forgets a hand-over and its passphrase. */
  async discard(id: string): Promise<void> {
    await this.#change((notes) => notes.filter((note) => note.id !== id))
    await this.#secrets?.remove(passphraseKey(id))
    await this.#vault.remove(passphraseKey(id))
  }

  /** The passphrase; null: this computer has lost it. */
  async passphrase(id: string): Promise<string | null> {
    return (await this.#vault.get(passphraseKey(id))) ?? (await this.#secrets?.get(passphraseKey(id))) ?? null
  }

  /** Opens a hand-over. Fails with `passphrase_lost` or as `openHandover` does. */
  async open(note: HandoverNote): Promise<Result<HandoverContents>> {
    const passphrase = await this.passphrase(note.id)
    if (passphrase === null) return fail('passphrase_lost', PASSPHRASE_LOST)
    return openHandover(note.file, passphrase)
  }

  /** Notes that can't be read any more, as they lay there: this user's, and those that don't say whose they are. */
  async damagedOf(userId: string): Promise<string[]> {
    await this.#read()
    return (await this.#readDamaged()).filter((text) => (OWNER.exec(text)?.[1] ?? userId) === userId)
  }

  /** Forgets damaged notes that are kept elsewhere by now. */
  async forgetDamaged(texts: readonly string[]): Promise<void> {
    await this.#keepDamaged((await this.#readDamaged()).filter((text) => !texts.includes(text)))
  }

  async #keepPassphrase(id: string, passphrase: string): Promise<void> {
    const key = passphraseKey(id)
    await this.#secrets?.set(key, passphrase)
    // A platform without a secret store keeps nothing and says nothing.
    if ((await this.#secrets?.get(key)) !== passphrase) await this.#vault.set(key, passphrase)
  }

  /** What can't be read is put apart: it must neither keep the app from starting nor be written over. */
  async #read(): Promise<HandoverNote[]> {
    const { notes, damaged } = readNotes((await this.#vault.get(NOTES_KEY)) ?? '')
    if (damaged.length > 0) {
      // First kept, then removed: a crash in between keeps it twice, never not at all.
      await this.#keepDamaged([...new Set([...(await this.#readDamaged()), ...damaged])])
      await this.#write(notes)
    }
    return notes
  }

  async #change(compute: (notes: readonly HandoverNote[]) => readonly HandoverNote[]): Promise<void> {
    await this.#write(compute(await this.#read()))
  }

  #write(notes: readonly HandoverNote[]): Promise<void> {
    return notes.length === 0 ? this.#vault.remove(NOTES_KEY) : this.#vault.set(NOTES_KEY, JSON.stringify(notes))
  }

  async #readDamaged(): Promise<string[]> {
    const text = await this.#vault.get(DAMAGED_KEY)
    if (text === null) return []
    const parsed = z.array(z.string()).safeParse(parseJson(text))
    return parsed.success ? parsed.data : [text]
  }

  #keepDamaged(texts: readonly string[]): Promise<void> {
    return texts.length === 0 ? this.#vault.remove(DAMAGED_KEY) : this.#vault.set(DAMAGED_KEY, JSON.stringify(texts))
  }
}

/** Whose a note is, also where the rest of it is broken. */
const OWNER = /"userId":"([0-9a-f-]{36})"/
/** Where a note begins; inside of one the quotes are escaped. */
const BEGINNING = /(?=\{"id":")/

/** The notes in a stored text, one by one: what is wrong with one of them says nothing about the others. */
function readNotes(text: string): { readonly notes: HandoverNote[]; readonly damaged: string[] } {
  const notes: HandoverNote[] = []
  const damaged: string[] = []
  for (const part of text.replace(/^\[/, '').replace(/\]$/, '').split(BEGINNING)) {
    const one = part.replace(/,$/, '')
    const { data } = noteSchema.safeParse(parseJson(one))
    if (data !== undefined) notes.push(data)
    else if (one !== '') damaged.push(one)
  }
  return { notes, damaged }
}

export const PASSPHRASE_LOST = 'This computer has lost the passphrase of these changes. Discard them, or ask support.'

function passphraseKey(id: string): string {
  return `handover-${id}`
}
