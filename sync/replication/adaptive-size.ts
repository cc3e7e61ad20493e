/**
 * How many rows a request carries: a quarter after a failure (a time-out costs 15 s), doubled again
 * after so many successes in a row as `patience` says, so that a slow network isn't tried too often.
 */
export class AdaptiveSize {
  readonly #max: number
  readonly #min: number
  readonly #patience: number
  #size: number
  #successes = 0

  constructor(max: number, min: number, patience: number) {
    this.#max = max
    this.#min = min
    this.#patience = patience
    this.#size = max
  }

  get value(): number {
    return this.#size
  }

  shrink(): void {
    this.#successes = 0
    this.#size = Math.max(this.#min, Math.floor(this.#size / 4))
  }

  grow(): void {
    this.#successes += 1
    if (this.#successes < this.#patience) return
    this.#successes = 0
    this.#size = Math.min(this.#max, this.#size * 2)
  }
}
