import { createFormDrafts } from '../../lib/form-drafts.ts'

/** Unsaved input of the customer forms in this window. */
export const formDrafts = createFormDrafts(sessionStorage)
