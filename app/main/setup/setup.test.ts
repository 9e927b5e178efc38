import { beforeEach, describe, expect, test } from 'vitest'
import { CALIBRATION_CODES } from '../../../contract/kiosk/calibration.ts'
import { newCode, writeEnrolment } from '../../../contract/kiosk/enrolment.ts'
import type { Language } from '../../preload/kiosk-api.ts'
import type { DeviceStanding, FixedMode, SetupSettings, SetupState } from '../../preload/setup-api.ts'
import type { Reader } from '../ports.ts'
import { DEFAULT_SETUP, type KioskSetup } from './setup-file.ts'
import { hashPin } from './pin.ts'
import { NO_PIN_TRIES, isPaused, PIN_PAUSE, WRONG_AT_MOST, wrongPin } from './pin-tries.ts'
import { createSetup, type Setup, type SetupParts } from './setup.ts'

const { alphabet, case: letters, length } = CALIBRATION_CODES
const wedge = { kind: 'wedge' } as Reader

let now: number
let kept: KioskSetup
let told: SetupState[]
let did: string[]
let diskIsFull: boolean
let setup: Setup
let standing: DeviceStanding
let language: Language | undefined
let fixedMode: FixedMode | undefined
const device: SetupParts['device'] = {
  standing: () => standing,
  enrol: ({ server, code }) => did.push(`enrol ${code} at ${server}`),
  confirmRoot: (same) => did.push(`the root is ${same ? 'the same' : 'another'}`),
}

function begin(parts: Partial<SetupParts> = {}): void {
  setup = createSetup({
    firstRun: false,
    current: () => kept,
    async write(next) {
      if (diskIsFull) throw new Error('disk full')
      kept = next
    },
    apply: ({ mode, prefixes }) => did.push(`apply ${mode} ${prefixes.wedge}`),
    tryPorts: (ports) => did.push(...ports.map(({ path, baudRate }) => `try ${path} at ${baudRate}`)),
    tryCamera: (choice) => did.push(`try camera ${choice.kind}`),
    language: () => language ?? kept.language,
    fixedMode: () => fixedMode,
    listPorts: async () => [],
    wedge: {
      stepAside: (aside) => did.push(aside ? 'keys to both' : 'keys to the scanner'),
      lastFrame: () => ({ msPerCharacter: 80, byKey: true }),
    },
    device,
    onReader: () => undefined,
    tell: (state) => told.push(state),
    onError: (error) => did.push(String(error)),
    now: () => now,
    ...parts,
  })
  setup.start()
}
const scan = (text: string, reader: Reader = wedge): void => setup.hear(reader, { kind: 'scan', text })
const state = (): SetupState | undefined => told.at(-1)
const settingsOf = ({ pin: _, ...settings }: KioskSetup): SetupSettings => settings

beforeEach(() => {
  now = 1_000_000
  kept = DEFAULT_SETUP
  told = []
  did = []
  diskIsFull = false
  language = fixedMode = undefined
  standing = { kind: 'working', venue: 'v', accessPoint: 'a' }
  return () => setup.stop()
})

describe('who may open it', () => {
  test('on the first run it opens by itself, else it waits to be asked', async () => {
    begin()
    expect(setup.isOpen()).toBe(false)
    expect(await setup.ask({ kind: 'open' })).toBe('done')
    expect(state()).toMatchObject({ kind: 'open', firstRun: false })
    begin({ firstRun: true })
    expect(state()).toMatchObject({ kind: 'open', firstRun: true })
  })

  test('a PIN is asked for, with the keyboard for the page too', async () => {
    kept = { ...kept, pin: await hashPin('2468') }
    begin()
    await setup.ask({ kind: 'open' })
    expect(state()).toEqual({ kind: 'pin', wrong: 0, left: 5 })
    expect(setup.isOpen()).toBe(false)
    expect(did).toEqual(['keys to both'])
    expect(await setup.ask({ kind: 'finish', settings: settingsOf(kept), pin: { kind: 'none' } })).toBe('refused')
    expect(await setup.ask({ kind: 'pin', pin: '1111' })).toBe('wrong-pin')
    expect(state()).toEqual({ kind: 'pin', wrong: 1, left: 4 })
    expect(await setup.ask({ kind: 'pin', pin: '2468' })).toBe('done')
    expect(state()).toMatchObject({ kind: 'open', hasPin: true })
    expect(JSON.stringify(told)).not.toContain(kept.pin)
  })

  test('a visitor’s scan takes the question for the PIN away, and nothing else', async () => {
    kept = { ...kept, pin: await hashPin('2468') }
    begin()
    await setup.ask({ kind: 'open' })
    expect(setup.isShown()).toBe(true)
    setup.giveWay()
    expect(state()).toMatchObject({ kind: 'closed' })
    expect(setup.isShown()).toBe(false)
    expect(did.slice(-2)).toEqual(['keys to the scanner', 'apply self-service '])
    await setup.ask({ kind: 'open' })
    await setup.ask({ kind: 'pin', pin: '2468' })
    setup.giveWay()
    expect(setup.isOpen()).toBe(true)
  })

  test('five wrong PINs are a minute’s pause, in which the right one is not looked at either, nor after asking anew', async () => {
    kept = { ...kept, pin: await hashPin('2468') }
    begin()
    await setup.ask({ kind: 'open' })
    const all = await Promise.all(Array.from({ length: 20 }, () => setup.ask({ kind: 'pin', pin: '1111' })))
    expect(all.filter((answer) => answer === 'paused').length).toBeGreaterThanOrEqual(15)
    expect(state()).toMatchObject({ kind: 'pin', pausedUntil: new Date(now + PIN_PAUSE).toISOString() })
    expect(await setup.ask({ kind: 'pin', pin: '2468' })).toBe('paused')
    await setup.ask({ kind: 'cancel' })
    await setup.ask({ kind: 'open' })
    expect(await setup.ask({ kind: 'pin', pin: '2468' })).toBe('paused')
    now += PIN_PAUSE
    expect(await setup.ask({ kind: 'pin', pin: '2468' })).toBe('done')
  })

  test('the pause begins with the fifth and ends by the clock', () => {
    let tries = NO_PIN_TRIES
    for (let wrong = 1; wrong <= WRONG_AT_MOST; wrong++) {
      expect(isPaused(tries, now)).toBe(false)
      tries = wrongPin(tries, now)
    }
    expect(isPaused(tries, now + PIN_PAUSE - 1)).toBe(true)
    expect(isPaused(tries, now + PIN_PAUSE)).toBe(false)
    expect(tries.wrong).toBe(0)
  })
})

describe('while it is open', () => {
  test('each scanner is judged for itself by what it reads of the sheet, a camera is not, and no text goes to the window', async () => {
    begin()
    await setup.ask({ kind: 'open' })
    scan('shown to see whether it reads at all')
    expect(state()).toMatchObject({ calibrations: [] })
    await setup.ask({ kind: 'listen', as: 'calibrating' })
    setup.hear({ kind: 'camera' } as Reader, { kind: 'garbage', length: 9, foreign: 'health-certificate' })
    expect(state()).toMatchObject({ calibrations: [] })
    for (const text of [alphabet, letters, length]) scan(text.toLowerCase())
    scan('a secret', { kind: 'serial' } as Reader)
    expect(state()).toMatchObject({
      calibrations: [
        { reader: 'serial', diagnosis: { findings: [{ kind: 'not-the-sheet' }] } },
        {
          reader: 'wedge',
          diagnosis: { findings: [{ kind: 'lower-case' }, { kind: 'slow', msPerCharacter: 80, passMs: 11_840 }] },
        },
      ],
    })
    expect(JSON.stringify(told)).not.toContain('a secret')
    await setup.ask({ kind: 'listen', as: 'typing' })
    scan('a stray one, after it')
    expect(state()).toMatchObject({ calibrations: [{ reader: 'serial' }, { reader: 'wedge' }] })
    await setup.ask({ kind: 'calibrate-anew' })
    expect(state()).toMatchObject({ kind: 'open', calibrations: [] })
  })

  test('where a person types, a scan is heard among the keys, and the page is told of it', async () => {
    begin()
    await setup.ask({ kind: 'open' })
    await setup.ask({ kind: 'listen', as: 'typing' })
    expect(did.at(-1)).toBe('keys to both')
    scan('QP1:X')
    scan('of another reader', { kind: 'serial' } as Reader)
    expect(state()).toMatchObject({ typedScans: 1 })
    await setup.ask({ kind: 'listen', as: 'choosing' })
    expect(did.at(-1)).toBe('keys to the scanner')
  })

  test('a code that is read lets in a terminal that is not enrolled, with any prefix, and touches no other', async () => {
    const code = newCode(new Uint8Array(16))
    const text = `~${writeEnrolment({ server: 'https://qr.region.example', code })}`
    standing = { kind: 'none' }
    begin()
    await setup.ask({ kind: 'open' })
    scan(text)
    const enrolled = did.filter((one) => one.startsWith('enrol'))
    expect(enrolled).toEqual([`enrol ${code} at https://qr.region.example`])
    const place = { venue: 'v', accessPoint: 'a' }
    const others: readonly DeviceStanding[] = [
      { kind: 'enrolling', server: 'https://qr.region.example' },
      { kind: 'confirming', fingerprint: 'F', ...place },
      { kind: 'enrolled', ...place },
      { kind: 'pending', fingerprint: 'F', ...place },
      { kind: 'working', ...place },
    ]
    for (const other of others) {
      setup.standing(other)
      scan(text)
    }
    expect(did.filter((one) => one.startsWith('enrol'))).toEqual(enrolled)
    for (const stranger of [
      { kind: 'enrolling', server: 'https://qr.region.example', trouble: 'unreachable' },
      { kind: 'unknown', ...place },
      { kind: 'revoked' },
    ] as const) {
      setup.standing(stranger)
      scan(text)
    }
    expect(did.filter((one) => one.startsWith('enrol'))).toHaveLength(4)
  })

  test('struck off in the middle, it asks for a code from then on, and not while the terminal waits', async () => {
    begin()
    await setup.ask({ kind: 'open' })
    expect(state()).toMatchObject({ asksForCode: false })
    setup.standing({ kind: 'pending', fingerprint: 'F', venue: 'v', accessPoint: 'a' })
    expect(state()).toMatchObject({ asksForCode: false, device: { kind: 'pending' } })
    setup.standing({ kind: 'enrolling', server: 'https://qr.region.example', trouble: 'unreachable' })
    expect(state()).toMatchObject({ asksForCode: false, device: { kind: 'enrolling' } })
    setup.standing({ kind: 'revoked' })
    expect(state()).toMatchObject({ asksForCode: true, device: { kind: 'revoked' } })
    scan(writeEnrolment({ server: 'https://qr.region.example', code: newCode(new Uint8Array(16)) }))
    expect(did.filter((one) => one.startsWith('enrol'))).toHaveLength(1)
    setup.standing({ kind: 'working', venue: 'v', accessPoint: 'a' })
    expect(state()).toMatchObject({ asksForCode: true })
  })

  test('a mode that others fix is told, also when their word comes later', async () => {
    fixedMode = { mode: 'desk', by: 'environment' }
    begin()
    await setup.ask({ kind: 'open' })
    expect(state()).toMatchObject({ fixedMode })
    fixedMode = { mode: 'turnstile', by: 'rules' }
    setup.modeFixed()
    expect(state()).toMatchObject({ settings: { mode: 'self-service' }, fixedMode })
  })

  test('what was chosen is kept as a whole at the end, and holds at once', async () => {
    begin({ firstRun: true })
    const settings: SetupSettings = {
      ...settingsOf(kept),
      mode: 'desk',
      prefixes: { wedge: '~', serial: '', hid: '' },
      contact: 'Анна',
    }
    expect(await setup.ask({ kind: 'finish', settings, pin: { kind: 'new', pin: '1357' } })).toBe('done')
    expect(settingsOf(kept)).toEqual(settings)
    expect(kept.pin).toMatch(/^[\w-]{22}:[\w-]{43}$/)
    expect(did.at(-1)).toBe('apply desk ~')
    expect(state()).toEqual({ kind: 'closed', language: 'ru' })
    await setup.ask({ kind: 'open' })
    await setup.ask({ kind: 'pin', pin: '1357' })
    await setup.ask({ kind: 'finish', settings, pin: { kind: 'keep' } })
    expect(kept.pin).toBeDefined()
    await setup.ask({ kind: 'open' })
    await setup.ask({ kind: 'pin', pin: '1357' })
    await setup.ask({ kind: 'finish', settings, pin: { kind: 'none' } })
    expect(kept).toEqual(settings)
  })

  test('cancelled, everything is as before: a port and a camera that were tried', async () => {
    begin()
    await setup.ask({ kind: 'open' })
    await setup.ask({ kind: 'ports', ports: [{ path: 'COM7', baudRate: 19200 }] })
    await setup.ask({ kind: 'camera', choice: { kind: 'chosen', deviceId: 'b', label: 'Camera B' } })
    await setup.ask({ kind: 'cancel' })
    expect(did.slice(-4)).toEqual([
      'try COM7 at 19200',
      'try camera chosen',
      'keys to the scanner',
      'apply self-service ',
    ])
    expect(kept).toBe(DEFAULT_SETUP)
  })

  test('closed, the language is the door’s, which the environment may have said', async () => {
    language = 'en'
    begin()
    expect(state()).toEqual({ kind: 'closed', language: 'en' })
    await setup.ask({ kind: 'open' })
    await setup.ask({ kind: 'cancel' })
    expect(state()).toEqual({ kind: 'closed', language: 'en' })
  })

  test('a disk that is full: said, and still open', async () => {
    begin()
    await setup.ask({ kind: 'open' })
    diskIsFull = true
    expect(await setup.ask({ kind: 'finish', settings: settingsOf(kept), pin: { kind: 'none' } })).toBe('not-saved')
    expect(setup.isOpen()).toBe(true)
    expect(did.at(-1)).toContain('disk full')
  })
})
