import '#shared/util/zod-without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openDesktop } from '../lib/desktop.ts'
import { desktopBridge } from '../lib/platform.ts'
import type { ReplicaPort } from '../lib/replica-client.ts'
import { locale } from '../texts/language.ts'
import { App } from './app.tsx'
import { linkDesktop } from './link-desktop.ts'
import { startReplica } from './start-replica.ts'

/** Shows the app, over a worker that was started before. */
export function startApp(worker: ReplicaPort): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root.')
  document.documentElement.lang = locale
  const model = startReplica(worker)
  const bridge = desktopBridge()
  const desktop = bridge === null ? null : openDesktop(bridge)
  if (desktop !== null) linkDesktop(desktop, model)

  createRoot(root).render(
    <StrictMode>
      <App model={model} desktop={desktop} />
    </StrictMode>,
  )
}
