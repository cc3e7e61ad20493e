/** Main tells the renderer that the machine woke up. Carries nothing. */
export const RESUME_CHANNEL = 'crm:resume'
/** Main tells the renderer that its `DesktopState` changed, or that something waits to be opened. Carries nothing. */
export const CHANGED_CHANNEL = 'crm:changed'
