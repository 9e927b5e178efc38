import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const LEAST = { DOPUSK_SERVER: 'http://127.0.0.1:8080/', DOPUSK_DEVICE_TOKEN: 'x'.repeat(32) }

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
  })
  expect(settings).toMatchObject({
    serialPorts: ['/dev/ttyACM0', '/dev/ttyS1'],
    window: { width: 1280, height: 800 },
    demo: true,
    mode: 'desk',
    language: 'en',
    uploadJitterMs: 0,
  })
})

test.each([
  ['DOPUSK_SERVER', undefined],
  ['DOPUSK_SERVER', 'ftp://example.org'],
  ['DOPUSK_DEVICE_TOKEN', 'short'],
  ['DOPUSK_WINDOW', 'big'],
  ['DOPUSK_LANGUAGE', 'de'],
  ['DOPUSK_MODE', 'party'],
  ['DOPUSK_UPLOAD_JITTER', '-1'],
])('a bad %s is named', (name, value) => {
  expect(() => readSettings({ ...LEAST, [name]: value })).toThrow(`Set ${name}`)
})
