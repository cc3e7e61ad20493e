import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/theme.css'
import { desktopBridge } from './lib/platform.ts'
import { startReplicaWorker } from './lib/replica-worker.ts'

// The worker opens the replica while this thread still reads the code of the screens.
const worker = startReplicaWorker(desktopBridge() === null ? 'browser' : 'electron')

// React by itself before what uses it: it makes an Error when it is loaded, for which V8 parses the whole
// script on the stack once more. That would be the code of all screens.
void import('react-dom/client').then(() => import('./app/start-app.tsx')).then(({ startApp }) => startApp(worker))
