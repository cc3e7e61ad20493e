/** Hears what comes over one connection. */
export interface HintListener {
  /** Something of the company changed: collections by name, never rows. */
  readonly onHint: () => void
  /** The connection stands: hints come from now on. What changed before was perhaps not told. */
  readonly onOpen: () => void
  /** The connection is over or never came about. Called once, and nothing after it. */
  readonly onEnd: () => void
}

/** Where hints come from (SPEC SY-6). */
export interface HintSource {
  /** Opens one connection for a company's hints; returns what ends it, silently. */
  open(companyId: string, listener: HintListener): () => void
}
