import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_SETUP, readSetup, writeSetup, type KioskSetup } from './setup-file.ts'

let file: string
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-setup-')), 'setup.json')
})
afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }))

test('what was written is read; nothing, or no set-up, is none', async () => {
  expect(readSetup(file)).toBeUndefined()
  const setup: KioskSetup = {
    ...DEFAULT_SETUP,
    serialPorts: [{ path: 'COM3', baudRate: 57600 }],
    prefixes: { wedge: '', serial: '~', hid: '#' },
  }
  await writeSetup(file, setup)
  expect(readSetup(file)).toEqual(setup)
  fs.writeFileSync(file, JSON.stringify({ ...setup, serialPorts: [{ path: 'COM3', baudRate: 300 }] }))
  expect(readSetup(file)).toBeUndefined()
})

test('a file of a time when a port was a path, and the keyboard scanner’s prefix the only one, is read', () => {
  const earlier = {
    mode: 'desk',
    language: 'en',
    camera: { kind: 'off' },
    serialPorts: ['/dev/ttyS1'],
    wedgePrefix: '~',
    pin: 'salt:hash',
    contact: 'Анна',
  }
  fs.writeFileSync(file, JSON.stringify(earlier))
  expect(readSetup(file)).toEqual({
    mode: 'desk',
    language: 'en',
    camera: { kind: 'off' },
    serialPorts: [{ path: '/dev/ttyS1', baudRate: 9600 }],
    prefixes: { wedge: '~', serial: '', hid: '' },
    pin: 'salt:hash',
    contact: 'Анна',
  })
})
