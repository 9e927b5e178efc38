/** What was learnt of each scanner holds at the door: from its keys, bytes or reports to the screen. */
import { EventEmitter } from 'node:events'
import { SerialPortMock } from 'serialport'
import { afterEach, expect, test } from 'vitest'
import type { SetupSettings } from '../../preload/setup-api.ts'
import { createHidReader } from '../readers/hid.ts'
import { createSerial } from '../readers/serial.ts'
import { pressesFor } from '../readers/testing/typing.ts'
import { createWedge } from '../readers/wedge.ts'
import { eventually } from '../testing/eventually.ts'
import { openKiosk, place } from '../testing/played-kiosk.ts'
import { switched } from './reader-switch.ts'

/** By hand, since @serialport/binding-mock declares no types where `import` looks for them. */
const system = SerialPortMock.binding as unknown as { createPort(path: string): void; reset(): void }
let stop: () => Promise<void>
afterEach(async () => {
  await stop()
  system.reset()
})

/** A door with one scanner of each kind, all of which put something before a code. */
async function openDoor(prefixes: SetupSettings['prefixes']) {
  const line: { port?: SerialPortMock; tell?: (report: unknown) => void } = {}
  class Port extends SerialPortMock {
    constructor(options: ConstructorParameters<typeof SerialPortMock>[0]) {
      super(options)
      line.port = this
    }
  }
  system.createPort('COM3')
  const window = new EventEmitter()
  let ms = 0
  const wedge = createWedge(() => (ms += 5))
  wedge.attach(window)
  wedge.expectPrefix(prefixes.wedge)
  const serial = createSerial(Port, { ports: [{ path: 'COM3' }], find: false }, () => undefined)
  const hid = createHidReader(
    (tell) => (line.tell = tell),
    () => undefined,
  )
  const closed = { isOpen: () => false, hear: () => undefined, giveWay: () => undefined }
  const live: string[] = []
  const { kiosk, screen } = openKiosk(
    { outcome: 'granted' },
    {
      readers: [wedge, serial, hid].map((reader) => switched(reader, closed, () => prefixes[reader.kind])),
      onReader: ({ kind }, signal) => signal.kind === 'live' && live.push(kind),
    },
  )
  stop = () => kiosk.stop()
  await eventually(() => expect(live).toContain('serial'))
  const scanBy = {
    wedge(text: string) {
      for (const press of pressesFor(`${text}\r`))
        window.emit('before-input-event', new Event('before-input-event'), {
          type: 'keyDown',
          ...press,
          control: false,
          alt: false,
          meta: false,
          isAutoRepeat: false,
        })
    },
    serial: (text: string) =>
      (line.port?.port as unknown as { emitData(bytes: Uint8Array): void }).emitData(Buffer.from(`${text}\r`)),
    hid: (text: string) => line.tell?.({ kind: 'scan', text, name: 'Xenon' }),
  }
  const answers = (): readonly string[] => screen.shown.filter((state) => 'ms' in state).map(({ kind }) => kind)
  return { scanBy, answers }
}

test.each(['wedge', 'serial', 'hid'] as const)(
  'a pass behind the prefix of a %s scanner is green, with an AIM identifier too, and so is one without',
  async (kind) => {
    const none = { wedge: '', serial: '', hid: '' }
    const { scanBy, answers } = await openDoor({ ...none, [kind]: '~Q' })
    for (const [count, framing] of ['~Q', '~Q]Q1', ''].entries()) {
      scanBy[kind](framing + place.issue())
      await eventually(() => expect(answers()).toEqual(Array<string>(count + 1).fill('granted')))
    }
  },
)

test('what one scanner puts before a code is not taken off another’s; a prefix alone is no code', async () => {
  const { scanBy, answers } = await openDoor({ wedge: '', serial: '~', hid: '' })
  scanBy.hid(`~${place.issue()}`)
  await eventually(() => expect(answers()).toEqual(['unreadable']))
  await new Promise((resolve) => setTimeout(resolve, 320))
  scanBy.serial('~')
  await eventually(() => expect(answers()).toEqual(['unreadable', 'unreadable']))
})
