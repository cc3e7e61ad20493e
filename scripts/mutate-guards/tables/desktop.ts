import type { Guard } from '../guard.ts'

const IPC_EXPLOIT = 'electron/main/ipc/register-ipc.exploit.test.ts'
const SENDER_EXPLOIT = 'electron/main/security/trusted-sender.exploit.test.ts'
const IPC = { spec: 'EL-1', file: 'electron/main/ipc/register-ipc.ts', tests: [IPC_EXPLOIT] } as const
const SENDER = { spec: 'EL-1', file: 'electron/main/security/trusted-sender.ts', tests: [SENDER_EXPLOIT] } as const
const ORIGIN = {
  spec: 'EL-1',
  file: 'electron/main/security/app-origin.ts',
  tests: ['electron/main/security/app-origin.test.ts'],
} as const
const BUNDLE = {
  spec: 'EL-1',
  file: 'electron/main/security/bundle-path.ts',
  tests: ['electron/main/security/bundle-path.exploit.test.ts'],
} as const
const PROTOCOL = {
  spec: 'EL-1',
  file: 'electron/main/security/app-protocol.ts',
  tests: ['electron/main/security/app-protocol.test.ts'],
} as const
const NAVIGATION = {
  spec: 'EL-1',
  file: 'electron/main/security/navigation-guard.ts',
  tests: ['electron/main/security/navigation-guard.test.ts'],
} as const
const LINKS = {
  spec: 'EL-1',
  file: 'electron/main/security/external-links.ts',
  tests: ['electron/main/security/external-links.exploit.test.ts'],
} as const
const PERMISSIONS = {
  spec: 'EL-1',
  file: 'electron/main/security/permissions.ts',
  tests: ['electron/main/security/permissions.test.ts'],
} as const
const POLICY = {
  spec: 'EL-1',
  file: 'shared/util/content-security-policy.ts',
  tests: ['shared/util/content-security-policy.test.ts'],
} as const
const SECRETS = {
  spec: 'EL-1',
  file: 'electron/main/session/secret-store.ts',
  tests: ['electron/main/session/secret-store.test.ts'],
} as const
const WINDOW = {
  spec: 'EL-1',
  file: 'electron/main/windows/main-window.ts',
  tests: ['electron/main/windows/main-window.test.ts'],
} as const

const LINK = {
  spec: 'EL-1',
  file: 'electron/main/open/read-link.ts',
  tests: ['electron/main/open/read-link.exploit.test.ts'],
} as const
const LOCK = {
  spec: 'EL-1',
  file: 'electron/main/lock/app-lock.ts',
  tests: ['electron/main/lock/app-lock.test.ts'],
} as const
const UPDATES = {
  spec: 'EL-2',
  file: 'electron/main/updates/keep-updated.ts',
  tests: ['electron/main/updates/keep-updated.test.ts'],
} as const

/** Electron's main process and the policy of the page. */
export const DESKTOP_GUARDS: readonly Guard[] = [
  {
    ...IPC,
    id: 'desktop.ipc-sender',
    against: 'any page or frame in a window may ask main for secrets',
    find: 'if (!isTrustedSender(event.senderFrame)) {',
    off: 'if (isTrustedSender(event.senderFrame) === null) {',
  },
  {
    ...IPC,
    id: 'desktop.ipc-input',
    against: 'arguments outside of the contract reach the handlers',
    find: 'if (!parsed.success || args.length > 1) {',
    off: 'if (args.length > 99) {',
  },
  {
    ...IPC,
    id: 'desktop.ipc-output',
    against: 'main answers more than its contract says',
    find: `output.parse(await handlers[channel](parsed.data as z.output<IpcContract[C]['input']>))`,
    off: `await handlers[channel](parsed.data as z.output<IpcContract[C]['input']>)`,
  },
  {
    ...IPC,
    id: 'desktop.ipc-no-cause',
    against: 'the page reads paths of this user in an error',
    find: `log.warn('ipc.failed', { error })`,
    off: `log.warn('ipc.failed', { error })\n      throw error`,
  },
  {
    ...SENDER,
    id: 'desktop.sender-top-frame',
    against: 'a frame inside the app speaks for it',
    find: 'if (frame === null || frame.parent !== null) return false',
    off: 'if (frame === null) return false',
  },
  {
    ...SENDER,
    id: 'desktop.sender-origin',
    against: 'a page with the address of the app and an origin of its own speaks for it',
    find: 'return frame.origin === APP_ORIGIN && isAppUrl(frame.url)',
    off: 'return isAppUrl(frame.url)',
  },
  {
    ...SENDER,
    id: 'desktop.sender-url',
    against: 'a page that has inherited the origin of the app speaks for it',
    find: 'return frame.origin === APP_ORIGIN && isAppUrl(frame.url)',
    off: 'return frame.origin === APP_ORIGIN',
  },
  {
    ...ORIGIN,
    id: 'desktop.origin-whole-host',
    against: 'a host that begins like ours passes for ours',
    find: 'url.host === APP_HOST',
    off: 'url.host.startsWith(APP_HOST)',
  },
  {
    ...ORIGIN,
    id: 'desktop.origin-no-user',
    against: 'an address with credentials passes for the app',
    find: ` && url.username === '' && url.password === ''`,
    off: '',
  },
  {
    ...BUNDLE,
    id: 'desktop.bundle-inside',
    against: 'app:// serves any file of the computer',
    find: 'if (file !== root && !file.startsWith(root + sep))',
    off: `if (file === '')`,
  },
  {
    ...BUNDLE,
    id: 'desktop.bundle-no-sibling',
    against: 'app:// serves a folder whose name begins like that of the bundle',
    find: '!file.startsWith(root + sep)',
    off: '!file.startsWith(root)',
  },
  {
    ...BUNDLE,
    id: 'desktop.bundle-plain-path',
    against: 'backslashes and zero bytes reach the file system',
    find: `decoded.includes('\\\\') || decoded.includes('\\0')`,
    off: 'decoded.length < 0',
  },
  {
    ...PROTOCOL,
    id: 'desktop.policy-header',
    against: 'the page runs without a content security policy',
    find: `      'content-security-policy': policy(),\n`,
    off: '',
  },
  {
    ...PROTOCOL,
    id: 'desktop.nosniff',
    against: 'a file is run as what it looks like instead of what it is',
    find: `      'x-content-type-options': 'nosniff',\n`,
    off: '',
  },
  {
    ...POLICY,
    id: 'desktop.policy-scripts',
    against: 'an injected script runs',
    find: `"script-src 'self'"`,
    off: `"script-src 'self' 'unsafe-inline'"`,
  },
  {
    ...POLICY,
    id: 'desktop.policy-default',
    against: 'whatever the policy does not name is allowed',
    find: `"default-src 'none'"`,
    off: `"default-src *"`,
  },
  {
    ...POLICY,
    id: 'desktop.policy-connect',
    against: 'the page sends customers to anybody',
    find: `["connect-src 'self'", ...connect]`,
    off: `["connect-src 'self' https:", ...connect]`,
  },
  {
    ...POLICY,
    id: 'desktop.policy-framing',
    against: 'another site puts the app into a frame',
    find: `"frame-ancestors 'none'"`,
    off: `"frame-ancestors *"`,
  },
  {
    ...NAVIGATION,
    id: 'desktop.no-navigation',
    against: 'the window leaves the app, and the next page has its bridge',
    find: `    if (isAppUrl(event.url)) return
    event.preventDefault()
`,
    off: `    if (isAppUrl(event.url)) return
`,
  },
  {
    ...NAVIGATION,
    id: 'desktop.no-redirect',
    against: 'a redirect leads out of the app',
    find: `    event.preventDefault()
    log.warn('redirect.refused')`,
    off: `    log.warn('redirect.refused')`,
  },
  {
    ...NAVIGATION,
    id: 'desktop.no-webview',
    against: 'a webview with rights of its own is attached',
    find: `    event.preventDefault()
    log.warn('webview.refused')`,
    off: `    log.warn('webview.refused')`,
  },
  {
    ...NAVIGATION,
    id: 'desktop.no-popup',
    against: 'a link opens a window inside the app',
    find: `return { action: 'deny' }`,
    off: `return { action: 'allow' }`,
  },
  {
    ...LINKS,
    id: 'desktop.links-scheme',
    against: 'a link starts any program of the computer',
    find: `    default:
      return null`,
    off: `    default:
      return url.href`,
  },
  {
    ...LINKS,
    id: 'desktop.links-credentials',
    against: 'a link hides where it leads behind a user name',
    find: ` && url.username === '' && url.password === ''`,
    off: '',
  },
  {
    ...LINKS,
    id: 'desktop.links-mail-fields',
    against: 'a mail link attaches a file of the computer',
    find: 'every((name) => MAIL_FIELDS.includes(name.toLowerCase()))',
    off: `every((name) => name !== '')`,
  },
  {
    ...LINKS,
    id: 'desktop.links-control-characters',
    against: 'a link carries line breaks into another program',
    find: ' || hasControlCharacter(text)',
    off: '',
  },
  {
    ...PERMISSIONS,
    id: 'desktop.permission-requests',
    against: 'whoever asks gets camera, location and microphone',
    find: 'answer(allowed)',
    off: 'answer(true)',
  },
  {
    ...PERMISSIONS,
    id: 'desktop.permission-checks',
    against: 'a frame has what the app has',
    find: 'return details.isMainFrame && mayHave(permission, origin)',
    off: 'return mayHave(permission, origin)',
  },
  {
    ...PERMISSIONS,
    id: 'desktop.permission-origin',
    against: 'another site has what the app has',
    find: 'return GRANTED.has(permission) && isAppUrl(origin)',
    off: `return GRANTED.has(permission) && origin !== ''`,
  },
  {
    ...PERMISSIONS,
    id: 'desktop.no-devices',
    against: 'USB and serial devices are handed out',
    find: 'session.setDevicePermissionHandler(() => false)',
    off: 'session.setDevicePermissionHandler(() => true)',
  },
  {
    spec: 'EL-1',
    file: 'electron/main/security/downloads.ts',
    id: 'desktop.no-downloads',
    against: 'a page puts files on the disk by itself',
    find: '    event.preventDefault()\n',
    off: '',
    tests: ['electron/main/security/downloads.test.ts'],
  },
  {
    spec: 'EL-1',
    file: 'electron/main/files/saved-files.ts',
    id: 'desktop.saved-plain-name',
    against: 'the page offers a place of its own choice to save at',
    find: 'await choose(plainName(name))',
    off: 'await choose(name)',
    tests: ['electron/main/files/saved-files.test.ts'],
  },
  {
    spec: 'EL-2',
    file: 'electron/main/files/half-files.ts',
    id: 'desktop.saved-whole',
    against: 'half an export lies over the file of yesterday',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the source, as it stands there.
    find: 'return `${path}.${id.slice(0, 8)}.part`',
    off: 'return path',
    tests: ['electron/main/files/saved-files.test.ts'],
  },
  {
    spec: 'EL-1',
    file: 'electron/main/files/half-files.ts',
    id: 'desktop.half-ours',
    against: 'a planted journal has main delete any file of the user',
    find: 'ENDING.test(path)',
    off: 'ENDING.test(path) !== null',
    tests: ['electron/main/files/half-files.exploit.test.ts'],
  },
  {
    spec: 'EL-2',
    file: 'electron/main/files/saved-files.ts',
    id: 'desktop.half-noted',
    against: 'a crash while saving leaves half a file in the folder of the user for good',
    find: 'halves.add(beside)',
    off: '',
    tests: ['electron/main/files/saved-files.test.ts'],
  },
  {
    spec: 'EL-1',
    file: 'electron/main/files/saved-files.ts',
    id: 'desktop.half-opened',
    against: 'a file of somebody else that has the name of our half is deleted',
    find: 'if (file !== null) {',
    off: 'await rm(beside, { force: true })\n    if (file !== null) {',
    tests: ['electron/main/files/saved-files.test.ts'],
  },
  {
    ...WINDOW,
    id: 'desktop.sandbox',
    against: 'the page runs outside of the sandbox',
    find: 'sandbox: true,',
    off: 'sandbox: false,',
  },
  {
    ...WINDOW,
    id: 'desktop.context-isolation',
    against: 'the page rewrites what the preload relies on',
    find: 'contextIsolation: true,',
    off: 'contextIsolation: false,',
  },
  {
    ...WINDOW,
    id: 'desktop.no-node',
    against: 'a script in the page reads files',
    find: 'nodeIntegration: false,',
    off: 'nodeIntegration: true,',
  },
  {
    ...SECRETS,
    id: 'desktop.secrets-need-a-store',
    against: 'the session is stored in the clear where there is no key store',
    find: '      if (!isAvailable()) {',
    off: '      if (isAvailable() === null) {',
  },
  {
    ...SECRETS,
    id: 'desktop.secrets-no-basic-text',
    against: `the session is sealed with a key that stands in Chromium's source`,
    find: `backend !== 'basic_text' && `,
    off: '',
  },
  {
    spec: 'EL-1',
    file: 'electron/main/files/atomic-file.ts',
    id: 'desktop.private-files',
    against: 'other users of the computer read what is kept',
    find: `openSync(beside, 'w', 0o600)`,
    off: `openSync(beside, 'w', 0o644)`,
    tests: SECRETS.tests,
  },
  {
    spec: 'EL-1',
    file: 'electron/main/connection/load-backend-config.ts',
    id: 'desktop.https-only',
    against: 'tokens travel in the clear',
    find: `return url.protocol === 'https:' || LOOPBACK.includes(url.hostname)`,
    off: 'return LOOPBACK.length > 0',
    tests: ['electron/main/connection/load-backend-config.test.ts'],
  },
  {
    spec: 'EL-2',
    file: 'electron/main/log/log.ts',
    id: 'desktop.log-no-text',
    against: 'names of customers stand in the log',
    find: 'return code ? String(error.code) : error.constructor.name',
    off: 'return code ? String(error.code) : error.message',
    tests: ['electron/main/log/log.test.ts'],
  },
  {
    ...LINK,
    id: 'desktop.link-guid',
    against: 'a link in a mail leads to any screen of the app',
    find: 'const id = z.guid().safeParse(url.pathname.slice(1))',
    off: 'const id = z.string().safeParse(url.pathname.slice(1))',
  },
  {
    ...LINK,
    id: 'desktop.link-safe-server',
    against: 'a link offers a server that passwords would travel to in the clear',
    find: ' && isSafeServer(config.data.supabaseUrl) ?',
    off: ' ?',
  },
  {
    spec: 'EL-1',
    file: 'electron/main/open/read-table-file.ts',
    id: 'desktop.open-tables-only',
    against: 'any file of the user can be read into the page',
    find: 'if (!isTablePath(path)) return null',
    off: 'if (path === "") return null',
    tests: ['electron/main/open/openings.test.ts'],
  },
  {
    spec: 'EL-1',
    file: 'electron/main/connection/server-choice.ts',
    id: 'desktop.connected-once',
    against: 'a link leads the app, and what waits to be sent, to another server',
    find: 'if (current !== null) {',
    off: 'if (current === undefined) {',
    tests: ['electron/main/connection/check-connection.test.ts'],
  },
  {
    ...LOCK,
    id: 'desktop.lock-at-start',
    against: 'a restart gets around the lock',
    find: 'let isLocked = stored !== null',
    off: 'let isLocked = false',
  },
  {
    ...LOCK,
    id: 'desktop.lock-guessing',
    against: 'all PINs can be tried in a minute',
    find: 'if (now() < stored.waitUntil)',
    off: 'if (now() < 0)',
  },
  {
    ...LOCK,
    id: 'desktop.lock-counts-on',
    against: 'a restart forgets the wrong PINs and the wait',
    find: '    secrets.set(KEY, JSON.stringify(stored))',
    off: '',
  },
  {
    ...LOCK,
    id: 'desktop.lock-own-pin',
    against: 'whoever finds the app open puts a PIN of their own on it',
    find: `if (stored !== null) return fail('wrong_pin'`,
    off: `if (stored === undefined) return fail('wrong_pin'`,
  },
  {
    ...UPDATES,
    id: 'desktop.update-on-quit',
    against: 'an update installs itself over changes that have not been sent',
    find: 'installsOnQuit && waiting === 0',
    off: 'installsOnQuit',
  },
  {
    ...UPDATES,
    id: 'desktop.update-asked-for',
    against: 'the same, by the button',
    find: 'if (waiting > 0) return fail(',
    off: 'if (waiting < 0) return fail(',
  },
  {
    spec: 'EL-1',
    file: 'electron-builder.yml',
    id: 'desktop.fuse-run-as-node',
    against: 'the signed program runs any script as Node',
    find: 'runAsNode: false',
    off: 'runAsNode: true',
    tests: ['scripts/installers/builder-config.test.ts'],
  },
  {
    spec: 'EL-2',
    file: 'electron/main/log/diagnostics.ts',
    id: 'desktop.diagnostics-closed-list',
    against: 'whatever stands in the log file goes to support',
    find: 'event: z.enum(LOG_EVENTS),',
    off: 'event: z.string(),',
    tests: ['electron/main/log/diagnostics.test.ts'],
  },
]
