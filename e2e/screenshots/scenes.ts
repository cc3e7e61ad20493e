import { analyst } from './scenes/analyst.ts'
import { loading, signedOut } from './scenes/arriving.ts'
import { desktop } from './scenes/desktop.ts'
import { emptyCompany } from './scenes/empty-company.ts'
import { offline } from './scenes/offline.ts'
import type { Scene } from './scenes/stage.ts'
import { storage } from './scenes/storage.ts'
import { inGerman, owner, rightToLeft } from './scenes/tours.ts'

/** In this order: later ones take from the demo company what earlier ones show. */
export const SCENES: readonly Scene[] = [
  { name: 'owner', run: owner },
  { name: 'German', run: inGerman },
  { name: 'right to left', run: rightToLeft },
  { name: 'signed out', run: signedOut },
  { name: 'loading', run: loading },
  { name: 'analyst', run: analyst },
  { name: 'offline', run: offline },
  { name: 'storage', run: storage },
  { name: 'empty', run: emptyCompany },
  { name: 'desktop', run: desktop },
]
