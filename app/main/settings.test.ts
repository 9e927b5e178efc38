import { expect, test } from 'vitest'
import { newCode } from '../../contract/kiosk/enrolment.ts'
import { readSettings } from './settings.ts'

const CODE = newCode(new Uint8Array(16).fill(7))
const LEAST = { DOPUSK_SERVER: 'http://127.0.0.1:8080/' }

test('the least that must be set, and what is assumed', () => {
  expect(readSettings(LEAST)).toMatchObject({
    serverUrl: 'http://127.0.0.1:8080',
    serialPorts: [],
    demo: false,
    uploadJitterMs: 300_000,
  })
  expect(readSettings(LEAST)).not.toHaveProperty('window')
  expect(readSettings(LEAST)).not.toHaveProperty('mode')
  expect(readSettings(LEAST)).not.toHaveProperty('language')
})

test('an empty variable is as good as none', () => {
  expect(readSettings({ ...LEAST, DOPUSK_MODE: '', DOPUSK_WINDOW: '' })).toEqual(readSettings(LEAST))
})

test('all of it', () => {
  const settings = readSettings({
    ...LEAST,
    DOPUSK_SERIAL: '/dev/ttyACM0,/dev/ttyS1',
    DOPUSK_WINDOW: '1280x800',
    DOPUSK_DEMO: '1',
    DOPUSK_MODE: 'desk',
    DOPUSK_LANGUAGE: 'en',
    DOPUSK_UPLOAD_JITTER: '0',
    DOPUSK_ENROL: `DOPUSK-ENROL:https://server/#${CODE}`,
  })
  expect(settings).toMatchObject({
    serialPorts: ['/dev/ttyACM0', '/dev/ttyS1'],
    window: { width: 1280, height: 800 },
    demo: true,
    mode: 'desk',
    language: 'en',
    uploadJitterMs: 0,
    enrolment: { server: 'https://server', code: CODE },
  })
})

test.each([
  ['DOPUSK_SERVER', 'ftp://example.org'],
  ['DOPUSK_ENROL', CODE],
  ['DOPUSK_ENROL', `DOPUSK-ENROL:ftp://server#${CODE}`],
  ['DOPUSK_ENROL', `DOPUSK-ENROL:http://server#${CODE.slice(0, -1)}`],
  ['DOPUSK_WINDOW', 'big'],
  ['DOPUSK_LANGUAGE', 'de'],
  ['DOPUSK_MODE', 'party'],
  ['DOPUSK_UPLOAD_JITTER', '-1'],
])('a bad %s is named', (name, value) => {
  expect(() => readSettings({ ...LEAST, [name]: value })).toThrow(`Set ${name}`)
})
