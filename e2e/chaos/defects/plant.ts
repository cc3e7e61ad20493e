/** Loaded before everything else (`node --import`): changes one source file as it is loaded, for the defect named in CHAOS_DEFECT. */
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PLANTED_DEFECTS, type PlantedDefect } from './planted-defects.ts'

const defects: Readonly<Record<string, PlantedDefect>> = PLANTED_DEFECTS
const defect = defects[process.env.CHAOS_DEFECT ?? '']
if (defect === undefined) throw new Error('CHAOS_DEFECT names no defect')
const { file, from, to } = defect
const place = pathToFileURL(join(import.meta.dirname, '..', '..', '..', file)).href

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context)
    if (url !== place) return loaded
    const source = String(loaded.source)
    if (source.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" once: plant the defect anew`)
    return { ...loaded, source: source.replace(from, () => to) }
  },
})
