/**
 * Who shares a key with whom, in flat arrays: a hash table with open addressing whose entries head
 * chains of members. A member is a number below the capacity, and has one key at a time. A map of
 * arrays would take ten times the memory: a base of 100,000 has a million keys, nearly all of one member.
 */
export class KeyBlocks {
  /** By place in the table; a place without a key has 0. */
  #keys = new Int32Array(FIRST_PLACES)
  #counts = new Int32Array(FIRST_PLACES)
  /** First member of the chain, plus 1. */
  #heads = new Int32Array(FIRST_PLACES)
  #used = 0
  /** By member: its key (0: none), and the next one in its chain, plus 1. */
  #keyOf = new Int32Array(FIRST_PLACES)
  #next = new Int32Array(FIRST_PLACES)

  /** Number of places of the table, for `entries`. */
  get places(): number {
    return this.#keys.length
  }

  /** The key of a member; 0: it has none. */
  keyOf(member: number): number {
    return this.#keyOf[member] ?? 0
  }

  /** How many have a key. */
  count(key: number): number {
    return this.#counts[this.#placeOf(key)] ?? 0
  }

  /** Gives a member that has no key one (not 0). */
  join(member: number, key: number): void {
    if (member >= this.#keyOf.length) this.#reserve(member)
    if (this.#used * 2 >= this.#keys.length) this.#rehash()
    const place = this.#placeOf(key)
    if (this.#keys[place] === 0) {
      this.#keys[place] = key
      this.#used += 1
    }
    this.#keyOf[member] = key
    this.#next[member] = this.#heads[place] ?? 0
    this.#heads[place] = member + 1
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
  }

  /** Takes the key of a member away. */
  leave(member: number): void {
    const key = this.keyOf(member)
    if (key === 0) return
    const place = this.#placeOf(key)
    const after = this.#next[member] ?? 0
    if (this.#heads[place] === member + 1) this.#heads[place] = after
    else {
      let at = (this.#heads[place] ?? 0) - 1
      while (at >= 0 && this.#next[at] !== member + 1) at = (this.#next[at] ?? 0) - 1
      if (at >= 0) this.#next[at] = after
    }
    this.#keyOf[member] = 0
    this.#counts[place] = (this.#counts[place] ?? 0) - 1
  }

  /** One of those with a key, to be followed by `after`; -1: nobody has it, or more than `limit` have. */
  first(key: number, limit: number): number {
    const place = this.#placeOf(key)
    return (this.#counts[place] ?? 0) > limit ? -1 : (this.#heads[place] ?? 0) - 1
  }

  /** The next one with the same key; -1: that was the last. */
  after(member: number): number {
    return (this.#next[member] ?? 0) - 1
  }

  /** Everybody with the key at a place of the table; fewer than two are no company, and come as nobody. */
  membersAt(place: number): number[] {
    if ((this.#counts[place] ?? 0) < 2) return NOBODY
    const members: number[] = []
    for (let at = (this.#heads[place] ?? 0) - 1; at >= 0; at = this.after(at)) members.push(at)
    return members
  }

  /** Where a key stands, or would. */
  #placeOf(key: number): number {
    const mask = this.#keys.length - 1
    let place = Math.imul(key, 0x9e3779b1) & mask
    while (this.#keys[place] !== key && this.#keys[place] !== 0) place = (place + 1) & mask
    return place
  }

  #reserve(member: number): void {
    const size = Math.max(member + 1, this.#keyOf.length * 2)
    const [keyOf, next] = [new Int32Array(size), new Int32Array(size)]
    keyOf.set(this.#keyOf)
    next.set(this.#next)
    this.#keyOf = keyOf
    this.#next = next
  }

  /** A table with room, without keys that nobody has any more. */
  #rehash(): void {
    const [keys, counts, heads] = [this.#keys, this.#counts, this.#heads]
    const living = counts.reduce((sum, count) => (count > 0 ? sum + 1 : sum), 0)
    const size = living * 4 > keys.length ? keys.length * 2 : keys.length
    this.#keys = new Int32Array(size)
    this.#counts = new Int32Array(size)
    this.#heads = new Int32Array(size)
    this.#used = living
    for (const [from, count] of counts.entries()) {
      if (count === 0) continue
      const key = keys[from] ?? 0
      const place = this.#placeOf(key)
      this.#keys[place] = key
      this.#counts[place] = count
      this.#heads[place] = heads[from] ?? 0
    }
  }
}

/** A power of two, as every size of the table. */
const FIRST_PLACES = 1_024
const NOBODY: number[] = []
