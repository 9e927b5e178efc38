import { assertNever } from '../../../contract/assert-never.ts'
import type { JSX } from 'react'
import type { DeviceStanding, SerialPortChoice } from '../../preload/setup-api.ts'
import { languageEntry } from '../i18n/languages.ts'
import type { StepProps } from './step-props.ts'
import { prefixesLearnt, scannerVerdict } from './wizard.ts'
import type { SetupWords } from './words/setup-words.ts'

export function DoneStep({ state, setup, words }: StepProps): JSX.Element {
  const { settings, pin } = state
  const prefixes = new Set(Object.values(prefixesLearnt(setup.calibrations, settings.prefixes)).filter(Boolean))
  const hasPin = pin.kind === 'new' || (pin.kind === 'keep' && setup.hasPin)
  const verdict = words.done[scannerVerdict(setup.calibrations)]
  const facts = [
    [words.done.place, placeWords(setup.device, words.done)],
    [words.done.language, languageEntry(settings.language).name],
    [words.done.mode, words.mode.names[setup.fixedMode?.mode ?? settings.mode]],
    [words.done.camera, cameraWords({ state, words })],
    [words.done.serial, [words.done.serialFound, ...settings.serialPorts.map(portWords)].join(', ')],
    [words.done.calibration, [verdict, ...Array.from(prefixes, words.done.prefix)].join(', ')],
    [words.done.pin, hasPin ? words.done.pinSet : words.done.pinNone],
    [words.done.contact, settings.contact?.trim() ? settings.contact : words.done.contactNone],
  ] as const
  return (
    <>
      <h1>{words.done.heading}</h1>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function placeWords(device: DeviceStanding, words: SetupWords['done']): string {
  switch (device.kind) {
    case 'working':
    case 'enrolled':
      return `${device.venue}, ${device.accessPoint}`
    case 'pending':
      return words.placePending(`${device.venue}, ${device.accessPoint}`)
    case 'none':
    case 'enrolling':
    case 'confirming':
    case 'unknown':
    case 'revoked':
      return words.placeNone
    default:
      return assertNever(device)
  }
}

const portWords = ({ path, baudRate }: SerialPortChoice): string => `${path} (${baudRate})`

function cameraWords({ state, words }: Pick<StepProps, 'state' | 'words'>): string {
  const { camera } = state.settings
  switch (camera.kind) {
    case 'any':
      return words.readers.cameraAny
    case 'off':
      return words.readers.cameraOff
    case 'chosen':
      return camera.label
    default:
      return assertNever(camera)
  }
}
