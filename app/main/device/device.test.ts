import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Problem } from '../../../contract/http/problem.ts'
import type { DeviceStanding, EnrolTrouble } from '../../preload/setup-api.ts'
import { silentLog } from '../testing/fakes.ts'
import type { TokenAnswer } from './access.ts'
import { newKey, Credential, type CredentialFile } from './credential.ts'
import { createDevice, type Device, type DeviceParts } from './device.ts'
import { eventually } from '../testing/eventually.ts'

type Client = ReturnType<DeviceParts['client']>
type Refused = Extract<TokenAnswer, { kind: 'refused' }>

const working = Credential.parse({
  kind: 'enrolled',
  server: 'https://old.example',
  device: 7,
  audience: 'https://old.example/token',
  key: newKey().kept,
  venue: 'Музей',
  accessPoint: 'Вход 1',
})
const place = { venue: 'Музей', accessPoint: 'Вход 1' }
const anew = { server: 'https://new.example', code: 'K7Q2M9XD4TBC' }

/** What is on the disk, as it would be read after a crash. */
let disk: string
let devices: Device[] = []
const file: CredentialFile = {
  read: () => Credential.optional().parse(JSON.parse(disk) ?? undefined),
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

const granted: Client['token'] = async () => ({ kind: 'granted', token: 't', seconds: 600 })

function begin(enrol: Client['enrol'], token = granted): DeviceStanding[] {
  const told: DeviceStanding[] = []
  const device = createDevice({
    file,
    packedRoots: ['A'.repeat(43)],
    client: () => ({
      enrol,
      token,
      rotateKey: unused,
    }),
    now: () => new Date(),
    mono: () => 0,
    log: silentLog,
    onStanding: (standing) => told.push(standing),
    onWorking: () => undefined,
    onRevoked: unused,
    onIssuer: () => undefined,
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
  await eventually(() => expect(told.at(-1)).toEqual({ kind: 'working', ...place }))
  expect(told).toContainEqual({ kind: 'enrolled', ...place, trouble: 'refused' })
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

const refused = (code: Problem['code']) => async (): Promise<Refused> => ({ kind: 'refused', code })
const otherRoot: Client['enrol'] = async () => ({
  kind: 'enrolled',
  reply: { device: 9, state: 'active', audience: 'https://new.example/token', root: 'B'.repeat(43), ...place },
})
const noCode: readonly [EnrolTrouble, Client['enrol']][] = [
  ['refused', refused('enrolment-refused')],
  ['too-often', refused('too-many-requests')],
  ['other-root', otherRoot],
]

describe.each(noCode)('a code that does not let it in (%s) is told', (trouble, enrol) => {
  test.each(['unknown', 'pending'] as const)('beside that it is %s, which is asked anew', async (kind) => {
    disk = JSON.stringify(working)
    const token = vi.fn(refused(kind === 'unknown' ? 'invalid-client' : 'device-pending'))
    const told = begin(enrol, token)
    await eventually(() => expect(told.at(-1)).toMatchObject({ kind, ...place }))
    const { length } = told
    token.mockClear()
    devices[0]?.enrol(anew)
    await eventually(() => expect(token).toHaveBeenCalled())
    await eventually(() => expect(file.read()).toEqual(working))
    expect(told.slice(length)).toEqual([
      { kind: 'enrolling', server: anew.server },
      expect.objectContaining({ kind, ...place, trouble }),
    ])
    expect(token).toHaveBeenCalledWith('https://old.example', expect.any(String))
  })

  test('beside that it is struck off, and gone with the next code', async () => {
    disk = JSON.stringify({ kind: 'revoked' })
    const enrolling = vi.fn(enrol)
    const told = begin(enrolling, unused)
    devices[0]?.enrol(anew)
    await eventually(() => expect(told.at(-1)).toEqual({ kind: 'revoked', trouble }))
    enrolling.mockReturnValue(new Promise(() => undefined))
    devices[0]?.enrol(anew)
    expect(told.at(-1)).toEqual({ kind: 'enrolling', server: anew.server })
  })

  test('where it was let in nowhere', async () => {
    disk = 'null'
    const told = begin(enrol, unused)
    devices[0]?.enrol(anew)
    await eventually(() => expect(told.at(-1)).toEqual({ kind: 'none', server: anew.server, trouble }))
  })

  test('until the terminal works again by what it was let in with', async () => {
    disk = JSON.stringify(working)
    const told = begin(enrol)
    await eventually(() => expect(told.at(-1)).toEqual({ kind: 'working', ...place }))
    devices[0]?.enrol(anew)
    await eventually(() =>
      expect(told.slice(-2)).toEqual([
        { kind: 'enrolled', ...place, trouble },
        { kind: 'working', ...place },
      ]),
    )
  })
})
