import { z } from 'zod'

/** What happened to the copy on this computer that its user should know, until they say that they do. */
export const storageIncidentSchema = z.object({
  /**
   * `salvaged`: it was damaged; unsent work that could be read was kept, the rest comes from the
   * server again. `vanished`: the platform had cleared it, and no unsent work was found. `restored`: unsent work was
   * found in its mirror. `damaged`: part of it can't be read any more, found while the app runs; the next start
   * salvages it.
   */
  kind: z.enum(['salvaged', 'vanished', 'restored', 'damaged']),
  at: z.iso.datetime({ offset: true }),
  /** Unsent changes: that were kept (`salvaged`, `restored`), that were there when last counted (`vanished`). */
  unsent: z.number().int().nonnegative(),
})
export type StorageIncident = z.infer<typeof storageIncidentSchema>

/** Unsent work that was stored and can't be read as such any more: shown as it is, never sent. */
export const unreadableItemSchema = z.object({
  /** Whom it was about, as far as that can be told. */
  title: z.string().nullable(),
  /** What its user had written, a line for each field; empty where that can't be told. */
  lines: z.array(z.object({ field: z.string(), value: z.string() })),
  /** All of it as JSON: what is saved for support, and what names it in `attention.discardUnreadable`. */
  stored: z.string(),
})
export type UnreadableItem = z.infer<typeof unreadableItemSchema>
