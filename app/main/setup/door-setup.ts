import type { CameraChoice, KioskMode, Language } from '../../preload/kiosk-api.ts'
import type { DeviceStanding } from '../../preload/setup-api.ts'
import type { KioskSettings } from '../settings.ts'
import { DEFAULT_SETUP, type KioskSetup } from '../setup-file.ts'

/** What holds at this door. */
export interface DoorSetup {
  readonly mode: KioskMode
  readonly language: Language
  readonly camera: CameraChoice
  readonly serialPorts: readonly string[]
  readonly wedgePrefix: string
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
    mode: settings.mode ?? wanted ?? chosen.mode,
    language: settings.language ?? chosen.language,
    camera: settings.camera ?? chosen.camera,
    serialPorts: [...new Set([...settings.serialPorts, ...chosen.serialPorts])],
    wedgePrefix: chosen.wedgePrefix,
    ...(chosen.contact === undefined ? {} : { contact: chosen.contact }),
  }
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
