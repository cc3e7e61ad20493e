import type { LockMinutes } from '#shared/ipc/desktop.ts'
import { counted } from '../phrases.ts'

/** Texts of what only the desktop app has, and of the diagnostics. */
export const desktopStrings = {
  firstRun: {
    title: 'Where are your customers?',
    lead: 'Connect this computer to the server of your company. Your administrator gave you its address and key, or a link that fills them in.',
    server: 'Server address',
    serverHint: 'https://….supabase.co',
    key: 'Publishable key',
    serverMissing: 'Enter the address of the server.',
    serverBad: 'This is not an address. It starts with https://',
    keyMissing: 'Enter the publishable key.',
    connect: 'Connect',
    offered: (host: string): string =>
      `A link offers the server ${host}. Use it only if the link came from your company: whoever runs the server sees what you enter.`,
    useOffer: 'Use this server',
    demoTitle: 'Just looking?',
    demo: 'Try the demo company',
    demoMissing:
      'No demo runs on this computer. Start it with “npm start” in the folder of the project, then press the button again.',
    unexpected: 'That did not work because the app had a problem of its own. Start it again and retry.',
    otherServer: 'Use another server',
  },
  lock: {
    title: 'Locked',
    lead: (name: string): string => `Enter your PIN to go on, ${name}. Syncing goes on meanwhile.`,
    leadNobody: 'Enter your PIN to go on.',
    pin: 'PIN',
    unlock: 'Unlock',
    forgotten: 'Forgot the PIN? Sign out',
    failed: 'The app had a problem of its own. Try again.',
  },
  settings: {
    lead: 'How the app behaves on this computer.',
    leadBrowser: 'You use the app in a browser. Lock, tray and notifications belong to the desktop app.',
    background: 'In the background',
    keepSyncing: 'Keep syncing when the window is closed',
    keepSyncingLead: 'The app stays in the tray. Quit it from there.',
    notifications: 'Notifications',
    notificationsLead: 'Of conflicts, refused changes and finished imports, while you work in another window.',
    lock: 'Lock',
    lockLead:
      'Against whoever passes your open laptop. The PIN is asked for after the time you choose, when the screen locks, and at each start.',
    lockOn: (minutes: LockMinutes): string => `On, after ${counted(minutes, 'minute', 'minutes')} without input`,
    lockOff: 'Off',
    lockAfter: 'Lock after',
    lockMinutes: (minutes: LockMinutes): string => counted(minutes, 'minute', 'minutes'),
    newPin: 'New PIN',
    newPinLead: 'At least 4 characters. If you forget it, signing out and in again takes it off.',
    pinTooShort: 'At least 4 characters.',
    turnOn: 'Turn on',
    turnOff: 'Turn off',
    lockNow: 'Lock now',
    yourPin: 'Your PIN',
    support: 'Support',
    server: 'Server',
    diagnostics: 'Save diagnostics',
    diagnosticsLead:
      'A file for your administrator: versions, times and error codes. No names, no customers, no addresses.',
    didNotWork: 'That did not work',
    failed: 'The app had a problem of its own. Try again.',
  },
  update: {
    ready: (version: string, onQuit: boolean): string =>
      `Version ${version} is ready.${onQuit ? ' It is installed when you quit the app.' : ''}`,
    held: (version: string): string =>
      `Version ${version} is ready. It waits until your changes are sent, so that nothing is at risk.`,
    install: 'Restart and update',
  },
  notices: {
    attentionTitle: 'Something needs your attention',
    attentionBody: (count: number): string =>
      `${counted(count, 'change was', 'changes were')} refused, or changed by someone else too.`,
    importTitle: 'Import finished',
    importBody: (rows: number): string => `${counted(rows, 'row', 'rows')} are done. The report is ready.`,
    importFailedTitle: 'Import stopped',
    importFailedBody: 'It can be continued. Open the app to see why.',
  },
  opening: {
    fileTooLarge: 'This file is too large to be opened at once (over 200 MB). Split it, then import the parts.',
    fileUnreadable: 'This file could not be read. Check that it is still there and that you may open it.',
    alreadyConnected: (host: string): string =>
      `A link offered the server ${host}. This computer belongs to a server already, so nothing was changed.`,
  },
} as const
