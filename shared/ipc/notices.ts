/** Main tells the renderer that the machine woke up. Carries nothing. */
export const RESUME_CHANNEL = 'crm:resume'
