import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import { densityStore } from '../../hooks/use-density.ts'
import { useStore } from '../../hooks/use-store.ts'
import { chooseLanguage } from '../../lib/choose-language.ts'
import { LANGUAGES, languageChoiceSchema, languageStore } from '../../texts/language.ts'
import { Section } from './section.tsx'
import classes from './settings.module.css'

const words = strings.settings.appearance
const { schemes } = strings.settings
const list = strings.listTools

/** Language, colours and row height on this device. */
export function AppearanceSettings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const density = useStore(densityStore)
  const language = useStore(languageStore)
  return (
    <Page title={strings.settings.sections.appearance}>
      <Section title={words.language} lead={words.languageLead}>
        <SegmentedControl
          aria-label={words.language}
          value={language}
          onChange={chooseLanguage}
          data={languageChoiceSchema.options.map((value) => ({
            value,
            label: value === 'system' ? words.languageSystem : <span lang={value}>{LANGUAGES[value]}</span>,
          }))}
        />
      </Section>
      <Section title={words.scheme}>
        <SegmentedControl
          aria-label={words.scheme}
          value={colorScheme}
          onChange={setColorScheme}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: schemes[value] }))}
        />
      </Section>
      <Section title={list.columns.density}>
        <SegmentedControl
          aria-label={list.columns.density}
          value={density}
          onChange={densityStore.set}
          data={(['comfortable', 'compact'] as const).map((value) => ({
            value,
            label: list.columns.densities[value],
          }))}
        />
      </Section>
      <p className={classes.note}>{words.motion}</p>
    </Page>
  )
}
