import { type ButtonProps, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { strings } from './strings.ts'

const ACCENT: MantineColorsTuple = [
  '#f0fdfa',
  '#ccfbf1',
  '#99f6e4',
  '#5eead4',
  '#2dd4bf',
  '#14b8a6',
  '#0d9488',
  '#0f766e',
  '#115e59',
  '#134e4a',
]

/** Mantine's greys of the dark scheme, taken from theme.css: text, dim, lines, panel, ground. */
const DARK: MantineColorsTuple = [
  '#e8e9eb',
  '#c9ccd0',
  '#a1a6ad',
  '#8d939b',
  '#3d4147',
  '#2a2d31',
  '#1a1c1f',
  '#131416',
  '#0f1011',
  '#0b0c0d',
]

/** The list of options scrolls itself: a scrolled box around it, which takes no focus, is out of a keyboard's reach. */
const SUGGESTING = {
  defaultProps: { size: 'xs', withScrollArea: false },
  styles: { options: { maxHeight: 220, overflowY: 'auto' } },
} as const

/** Mantine in the app's sizes: 13 px text, 30 px controls, hairlines. Colours come from theme.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  colors: { accent: ACCENT, dark: DARK },
  autoContrast: true,
  black: '#1f2328',
  fontFamily: 'var(--font)',
  fontSizes: { xs: '13px', sm: '13px', md: '13px', lg: '15px', xl: '19px' },
  fontWeights: { regular: '400', medium: '550', bold: '620' },
  headings: { fontWeight: '620' },
  defaultRadius: '6px',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: {
      defaultProps: { size: 'xs' },
      // Mantine picks the text colour for the light scheme only; on the bright accent of the dark one it must be dark.
      vars: (_theme: unknown, props: ButtonProps) => ({
        root:
          (props.variant ?? 'filled') === 'filled' && props.color === undefined
            ? { '--button-color': 'var(--accent-text)' }
            : {},
      }),
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Autocomplete: SUGGESTING,
    Select: SUGGESTING,
    TagsInput: SUGGESTING,
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 250, position: 'bottom', multiline: true, maw: 280 } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.25 },
        closeButtonProps: { 'aria-label': strings.actions.close },
        // A <header> in a dialog would count as the page's banner.
        attributes: { header: { role: 'none' } },
      },
    },
    // A menu may hold nothing but its items; the first one takes the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // What floats finds another place where the window, or its text, changes below it, and never makes the page wider.
    Popover: { defaultProps: { preventPositionChangeWhenVisible: false, floatingStrategy: 'fixed' } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': strings.actions.close } } },
  },
})

const VARIABLES = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--dim)',
  '--mantine-color-placeholder': 'var(--faint)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--soft)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-disabled': 'var(--soft)',
  '--mantine-color-disabled-color': 'var(--dim)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-color': 'var(--accent)',
} as const

/** Hands the app's colours to Mantine, so that both schemes are described in one place. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: VARIABLES, dark: VARIABLES })
