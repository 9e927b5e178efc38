import { afterEach, expect, test } from 'vitest'
import type { DeviceStanding } from '../../preload/setup-api.ts'
import { eventually } from '../testing/eventually.ts'
import { silentLog } from '../testing/fakes.ts'
import { newKey, Credential, type CredentialFile } from './credential.ts'
import { createDevice, type Device, type DeviceParts } from './device.ts'

type Client = ReturnType<DeviceParts['client']>

const working = Credential.parse({
  kind: 'enrolled',
  server: 'https://old.example',
  device: 7,
  audience: 'https://old.example/token',
  key: newKey().kept,
  venue: 'Музей',
  accessPoint: 'Вход 1',
})
const anew = { server: 'https://new.example', code: 'K7Q2M9XD4TBC' }

/** What is on the disk, as it would be read after a crash. */
let disk: string
let devices: Device[] = []
const file: CredentialFile = {
  read: () => Credential.parse(JSON.parse(disk)),
  async write(credential) {
    disk = JSON.stringify(credential)
  },
  async erase() {
    disk = 'null'
  },
}
const unused = (): never => {
  throw new Error('not asked here')
}

function begin(enrol: Client['enrol']): DeviceStanding[] {
  const told: DeviceStanding[] = []
  const device = createDevice({
    file,
    packedRoots: ['A'.repeat(43)],
    client: () => ({
      enrol,
      token: () => Promise.resolve({ kind: 'granted', token: 't', seconds: 600 }),
      rotateKey: unused,
    }),
    now: () => new Date(),
    mono: () => 0,
    log: silentLog,
    onStanding: (standing) => told.push(standing),
    onWorking: () => undefined,
    onRevoked: unused,
  })
  device.start()
  devices.push(device)
  return told
}

afterEach(() => {
  for (const device of devices) device.stop()
  devices = []
})

test('what it was stays on the disk until another server has taken it in, and is again what it is where the code was no good', async () => {
  disk = JSON.stringify(working)
  begin(() => new Promise(() => undefined))
  devices[0]?.enrol(anew)
  await eventually(() => expect(file.read()).toMatchObject({ kind: 'enrolling', server: anew.server }))
  devices[0]?.stop()

  // the power went; started again, it goes on asking, and is refused
  const told = begin(async () => ({ kind: 'refused', code: 'enrolment-refused' }))
  await eventually(() => expect(told.at(-1)).toMatchObject({ kind: 'enrolled', venue: 'Музей' }))
  expect(file.read()).toEqual(working)
})

test('a second code while the first is unanswered does not make it forget what it was', async () => {
  disk = JSON.stringify(working)
  begin(() => new Promise(() => undefined))
  devices[0]?.enrol(anew)
  await eventually(() => expect(file.read()).toMatchObject({ kind: 'enrolling' }))
  devices[0]?.enrol({ ...anew, code: 'K7Q2M9XD4TBD' })
  await eventually(() => expect(file.read()).toMatchObject({ code: 'K7Q2M9XD4TBD', before: working }))
})
