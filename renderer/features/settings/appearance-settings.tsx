import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import { densityStore } from '../../hooks/use-density.ts'
import { useStore } from '../../hooks/use-store.ts'
import { Section } from './section.tsx'
import classes from './settings.module.css'

const words = strings.settings.appearance
const { schemes } = strings.settings
const list = strings.listTools

/** Colours and row height on this device. */
export function AppearanceSettings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const density = useStore(densityStore)
  return (
    <Page title={strings.settings.sections.appearance}>
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
