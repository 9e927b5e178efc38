import type { CameraChoice, KioskMode, Language } from '../../preload/kiosk-api.ts'
import type { DeviceStanding, FixedMode, SerialPortChoice, SetupSettings } from '../../preload/setup-api.ts'
import type { KioskSettings } from '../settings.ts'
import { DEFAULT_SETUP, USUAL_BAUD_RATE, type KioskSetup } from './setup-file.ts'

/** What holds at this door. */
export interface DoorSetup {
  readonly mode: KioskMode
  readonly language: Language
  readonly camera: CameraChoice
  readonly serialPorts: readonly SerialPortChoice[]
  readonly prefixes: SetupSettings['prefixes']
  readonly contact?: string | undefined
}

type Given = Pick<KioskSettings, 'mode' | 'language' | 'camera' | 'serialPorts' | 'demo'>

/** What was chosen at set-up, under the Participant's policy, under what the environment says; serial ports of both are read. */
export function doorSetup(
  settings: Given,
  chosen: KioskSetup = DEFAULT_SETUP,
  /** what kind of door the Participant wants, by the signed configuration */
  wanted?: KioskMode,
): DoorSetup {
  return {
    mode: fixedMode(settings, wanted)?.mode ?? chosen.mode,
    language: settings.language ?? chosen.language,
    camera: settings.camera ?? chosen.camera,
    serialPorts: portsRead(settings, chosen.serialPorts),
    prefixes: chosen.prefixes,
    ...(chosen.contact === undefined ? {} : { contact: chosen.contact }),
  }
}

/** Who says what kind of door this is, where it is not chosen at the door. */
export function fixedMode({ mode }: Pick<KioskSettings, 'mode'>, wanted?: KioskMode): FixedMode | undefined {
  if (mode !== undefined) return { mode, by: 'environment' }
  return wanted === undefined ? undefined : { mode: wanted, by: 'rules' }
}

/** The environment names a port; how fast it is only set-up says. */
export function portsRead(
  { serialPorts }: Pick<KioskSettings, 'serialPorts'>,
  chosen: readonly SerialPortChoice[],
): readonly SerialPortChoice[] {
  const others = [...new Set(serialPorts)].filter((path) => !chosen.some((port) => port.path === path))
  return [...chosen, ...others.map((path) => ({ path, baudRate: USUAL_BAUD_RATE }) as const)]
}

/** Whether the wizard opens by itself: nobody has set this door up, neither at the screen nor by the environment. */
export const isFirstRun = (settings: Given, chosen: KioskSetup | undefined): boolean =>
  chosen === undefined && !settings.demo && settings.mode === undefined

/** Set up by its environment, but for who it is to the server: there the wizard opens too. */
export const isBare = (
  { enrolment }: Pick<KioskSettings, 'enrolment'>,
  chosen: KioskSetup | undefined,
  standing: DeviceStanding,
): boolean => chosen === undefined && enrolment === undefined && standing.kind === 'none'
