/** States of the wizard that tests begin with. */
import type { SetupState } from '../app/preload/setup-api.ts'

/** The first run: nobody has let this terminal in. */
export const open: Extract<SetupState, { kind: 'open' }> = {
  kind: 'open',
  firstRun: true,
  settings: {
    mode: 'self-service',
    language: 'ru',
    camera: { kind: 'any' },
    serialPorts: [{ path: '/dev/ttyS1', baudRate: 9600 }],
    prefixes: { wedge: '', serial: '', hid: '' },
  },
  hasPin: false,
  ports: [{ path: '/dev/ttyACM0', scanner: 'Honeywell' }, { path: '/dev/ttyS0' }],
  calibrations: [],
  typedScans: 0,
  device: { kind: 'none' },
  asksForCode: true,
}
export const place = { venue: 'Краеведческий музей', accessPoint: 'Вход 1' }
/** It was enrolled before: nobody is asked for a code. */
export const enrolled: typeof open = { ...open, device: { kind: 'working', ...place }, asksForCode: false }
