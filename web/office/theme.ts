import { createTheme, mergeThemeOverrides, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core'

const action: MantineColorsTuple = [
  '#eaf2fd',
  '#d0e1f9',
  '#a3c3f1',
  '#73a3e9',
  '#4a86e0',
  '#2a6fd6',
  '#0a55c2',
  '#0848a6',
  '#063b89',
  '#042d6a',
]
const green: MantineColorsTuple = [
  '#e5f5ef',
  '#c6e8da',
  '#93d2b8',
  '#5dba94',
  '#31a577',
  '#0d9260',
  '#00754a',
  '#00633f',
  '#005033',
  '#003d27',
]
const red: MantineColorsTuple = [
  '#fdecee',
  '#f8d0d5',
  '#efa3ac',
  '#e57481',
  '#d94a5b',
  '#c92a3e',
  '#b3122a',
  '#990f24',
  '#7d0c1d',
  '#610916',
]
const amber: MantineColorsTuple = [
  '#fff6e0',
  '#ffeabd',
  '#ffdb8a',
  '#ffcb54',
  '#ffb81c',
  '#e5a00d',
  '#b87900',
  '#946100',
  '#6e4800',
  '#2b1b00',
]
const slate: MantineColorsTuple = [
  '#f4f6f9',
  '#e9edf3',
  '#d5dce6',
  '#b7c2d1',
  '#8d9bb0',
  '#6f7f96',
  '#5b6b82',
  '#3c4a5f',
  '#31405a',
  '#0f1b2d',
]

/** The kiosk's colours and type, for people who work with it all day. */
const theme = createTheme({
  fontFamily: "'Golos Text Variable', sans-serif",
  headings: { fontFamily: "'Golos Text Variable', sans-serif", fontWeight: '700' },
  colors: { action, green, red, amber, gray: slate },
  primaryColor: 'action',
  primaryShade: 6,
  black: '#0f1b2d',
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    TextInput: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    PasswordInput: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Textarea: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Select: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
})

/** @param close what the crosses of dialogs are called to whoever does not see them */
export function themeWith(close: string): MantineThemeOverride {
  const closeButtonProps = { 'aria-label': close }
  const overlayProps = { backgroundOpacity: 0.35, color: '#0f1b2d' }
  const styles = { title: { fontSize: 20, fontWeight: 700, letterSpacing: '-0.02em' } }
  return mergeThemeOverrides(theme, {
    components: {
      Modal: { defaultProps: { centered: true, overlayProps, closeButtonProps }, styles },
      Drawer: { defaultProps: { overlayProps, closeButtonProps }, styles },
      Notification: { defaultProps: { closeButtonProps } },
    },
  })
}
