import './lib/zod-without-eval.ts'
import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { linkDesktop } from './app/link-desktop.ts'
import { startReplica } from './app/start-replica.ts'
import { openDesktop } from './lib/desktop.ts'
import { desktopBridge } from './lib/platform.ts'
import { locale } from './texts/language.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root.')
document.documentElement.lang = locale
const model = startReplica()
const bridge = desktopBridge()
const desktop = bridge === null ? null : openDesktop(bridge)
if (desktop !== null) linkDesktop(desktop, model)

createRoot(root).render(
  <StrictMode>
    <App model={model} desktop={desktop} />
  </StrictMode>,
)
