import { z } from 'zod'
import { backendConfigSchema } from '../domain/backend-config.ts'

/** What a person may choose about the desktop app, on this computer. */
export const preferencesSchema = z.object({
  /** Closing the window leaves the app in the tray, and the sync goes on. */
  keepSyncing: z.boolean(),
  /** The system tells of conflicts, refused changes and finished imports while the window is in the background. */
  notifications: z.boolean(),
})
export type Preferences = z.output<typeof preferencesSchema>

/** Minutes without a key or a pointer after which the app may lock itself. */
export const LOCK_MINUTES = [5, 15, 60] as const
export const lockMinutesSchema = z.literal(LOCK_MINUTES)
export type LockMinutes = z.output<typeof lockMinutesSchema>
/** The PIN that opens the locked app. */
export const pinSchema = z.string().min(4).max(64)

/**
 * A newer version: none known; or downloaded, and held back while changes have not been sent. Else it is installed
 * when the app quits, or on a Mac when the person asks for it.
 */
export const updateStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('ready'), version: z.string(), isHeld: z.boolean(), onQuit: z.boolean() }),
])
export type UpdateState = z.output<typeof updateStateSchema>

/** How the desktop app stands; asked for again whenever main says that it changed. */
export const desktopStateSchema = z.object({
  /** Address of the server; null: the app has not been connected yet. */
  server: z.string().nullable(),
  preferences: preferencesSchema,
  lock: z.object({ afterMinutes: lockMinutesSchema.nullable(), isLocked: z.boolean() }),
  update: updateStateSchema,
})
export type DesktopState = z.output<typeof desktopStateSchema>

/** What the system asked the app to open: a link, a file, a notification that was pressed. */
export const openingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer'), id: z.guid() }),
  z.object({ kind: z.literal('file'), name: z.string(), bytes: z.instanceof(Uint8Array<ArrayBuffer>) }),
  /** A link that offers a server. Nothing is taken before the person agreed. */
  z.object({ kind: z.literal('connect'), config: backendConfigSchema }),
  z.object({ kind: z.literal('screen'), screen: z.enum(['attention', 'import', 'thisApp']) }),
  z.object({ kind: z.literal('refused'), reason: z.enum(['fileTooLarge', 'fileUnreadable']) }),
])
export type Opening = z.output<typeof openingSchema>

/** Something that happened while nobody looked, in the words of the renderer, and where it shows. */
export const notificationSchema = z.object({
  title: z.string().min(1).max(100),
  body: z.string().max(300),
  screen: z.enum(['attention', 'import']),
})
