import { z } from 'zod'

/**
 * Import this before any module that makes a schema. Zod compiles object schemas with `new Function`
 * and probes for it when the first one is made; our content security policy reports even the probe,
 * for which the browser parses the whole script once more (60 ms of a start, in the worker).
 */
z.config({ jitless: true })
