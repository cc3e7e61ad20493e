/** How many rows a request carries: halved after a time-out, doubled back after a success. */
export class AdaptiveSize {
  readonly #max: number
  readonly #min: number
  #size: number

  constructor(max: number, min: number) {
    this.#max = max
    this.#min = min
    this.#size = max
  }

  get value(): number {
    return this.#size
  }

  shrink(): void {
    this.#size = Math.max(this.#min, Math.floor(this.#size / 2))
  }

  grow(): void {
    this.#size = Math.min(this.#max, this.#size * 2)
  }
}
