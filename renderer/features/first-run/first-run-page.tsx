import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDocumentTitle } from '@mantine/hooks'
import { useState } from 'react'
import { type BackendConfig, backendConfigSchema } from '#shared/domain/backend-config.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Logo } from '../../components/logo.tsx'
import { Notice } from '../../components/notice.tsx'
import { Problem } from '../../components/problem.tsx'
import { useStore } from '../../hooks/use-store.ts'
import type { Desktop } from '../../lib/desktop.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './first-run-page.module.css'

const words = strings.desktop.firstRun

/** Which field a finding of the checks is about; the others stand above the button. */
const FIELDS: Readonly<Record<string, 'supabaseUrl' | 'publishableKey'>> = {
  bad_address: 'supabaseUrl',
  no_network: 'supabaseUrl',
  not_supabase: 'supabaseUrl',
  wrong_key: 'publishableKey',
}

/** The app has no server yet: connect it, by hand or by a link that offers one, or look around in the demo. */
export function FirstRunPage({ desktop }: { readonly desktop: Desktop }) {
  const offered = useStore(desktop.openings).findLast((opening) => opening.kind === 'connect')?.config ?? null
  const [problem, setProblem] = useState<string | null>(null)
  const [isDemoMissing, setDemoMissing] = useState(false)
  useDocumentTitle(`${words.title} · ${strings.appName}`)
  const form = useForm<BackendConfig>({
    mode: 'uncontrolled',
    initialValues: { supabaseUrl: '', publishableKey: '' },
    validate: {
      supabaseUrl: (url) => {
        if (url.trim() === '') return words.serverMissing
        return backendConfigSchema.shape.supabaseUrl.safeParse(url.trim()).success ? null : words.serverBad
      },
      publishableKey: (key) => (key.trim() === '' ? words.keyMissing : null),
    },
  })

  async function connect(config: BackendConfig): Promise<void> {
    setProblem(null)
    const answer = await desktop.ask('crm:connect', config).catch(() => null)
    if (answer?.ok === true) {
      // The page is served anew, with a policy that lets it speak to this server.
      window.location.reload()
      return
    }
    const field = FIELDS[answer?.error.code ?? '']
    const message = spoken(answer?.error.message ?? words.unexpected)
    if (field === undefined) setProblem(message)
    else form.setFieldError(field, message)
  }

  async function tryDemo(): Promise<void> {
    setDemoMissing(false)
    const demo = await desktop.ask('crm:demo', null).catch(() => null)
    if (demo === null) setDemoMissing(true)
    else await connect(demo)
  }

  return (
    <main className={classes.screen}>
      <div className={classes.box}>
        <Logo size={36} />
        <div>
          <h1>{words.title}</h1>
          <p className={classes.lead}>{words.lead}</p>
        </div>
        {offered === null ? null : (
          // Any web page can send such a link: what is typed stays until the person takes the offer.
          <Notice
            tone="warn"
            action={
              <Button variant="default" onClick={() => form.setValues(offered)}>
                {words.useOffer}
              </Button>
            }
          >
            {words.offered(new URL(offered.supabaseUrl).host)}
          </Notice>
        )}
        <form
          noValidate
          onSubmit={form.onSubmit(({ supabaseUrl, publishableKey }) =>
            connect({ supabaseUrl: supabaseUrl.trim(), publishableKey: publishableKey.trim() }),
          )}
        >
          <TextInput
            label={words.server}
            placeholder={words.serverHint}
            type="url"
            spellCheck={false}
            autoCapitalize="none"
            size="sm"
            autoFocus
            key={form.key('supabaseUrl')}
            {...form.getInputProps('supabaseUrl')}
          />
          <TextInput
            label={words.key}
            spellCheck={false}
            autoCapitalize="none"
            size="sm"
            key={form.key('publishableKey')}
            {...form.getInputProps('publishableKey')}
          />
          <Problem text={problem} />
          <BusyButton type="submit" size="sm" fullWidth isBusy={form.submitting}>
            {words.connect}
          </BusyButton>
        </form>
        <section className={classes.demo} aria-label={words.demoTitle}>
          {isDemoMissing ? (
            <Notice tone="plain" isAlert>
              {words.demoMissing}
            </Notice>
          ) : null}
          <Button variant="default" size="sm" fullWidth onClick={() => void tryDemo()}>
            {words.demo}
          </Button>
        </section>
      </div>
    </main>
  )
}
