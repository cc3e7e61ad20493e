import type { ReplicaCustomer } from '#database/local/replica-customer.ts'

/**
 * How many changes wait, kept up to date customer by customer: the status is asked for ten times a
 * second, while an import makes a hundred thousand of them wait.
 */
export class WaitingChanges {
  /** Changes by the time they were made (ISO 8601): those of an import have few of them. */
  readonly #byTime = new Map<string, number>()
  #count = 0

  get count(): number {
    return this.#count
  }

  /** When the oldest was made; null: none waits. */
  get since(): string | null {
    let oldest: string | null = null
    for (const time of this.#byTime.keys()) {
      if (oldest === null || Date.parse(time) < Date.parse(oldest)) oldest = time
    }
    return oldest
  }

  /** A customer is another one by now, or left. */
  replace(before: ReplicaCustomer | undefined, after: ReplicaCustomer | undefined): void {
    for (const { editedAt } of before?.local?.mutations ?? []) this.#add(editedAt, -1)
    for (const { editedAt } of after?.local?.mutations ?? []) this.#add(editedAt, 1)
  }

  #add(time: string, by: 1 | -1): void {
    this.#count += by
    const count = (this.#byTime.get(time) ?? 0) + by
    if (count === 0) this.#byTime.delete(time)
    else this.#byTime.set(time, count)
  }
}
