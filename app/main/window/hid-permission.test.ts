import { expect, test } from 'vitest'
import { mayAskForHid, mayReadHid, type HidQuestion } from './hid-permission.ts'

const OURS = 'app://kiosk'
const scanner: HidQuestion = {
  deviceType: 'hid',
  origin: 'app://kiosk/',
  device: { collections: [{ usagePage: 0x8c }] },
}

test('a scanner, for our page', () => {
  expect(mayReadHid(scanner, OURS)).toBe('scanner')
  expect(mayReadHid({ ...scanner, origin: OURS }, OURS)).toBe('scanner')
  expect(mayAskForHid('hid', 'app://kiosk/', true, OURS)).toBe(true)
})

test('one that Electron does not describe, by who made it', () => {
  const undescribed = (vendorId: unknown): HidQuestion => ({ ...scanner, device: { vendorId, name: 'Xenon' } })
  expect(mayReadHid(undescribed(0x0c2e), OURS)).toBe('by-maker')
  // Yubico
  expect(mayReadHid(undescribed(0x1050), OURS)).toBe('no')
  expect(mayReadHid(undescribed('0c2e'), OURS)).toBe('no')
  expect(mayReadHid({ ...undescribed(0x0c2e), origin: 'https://example.org' }, OURS)).toBe('no')
})

test.each<[string, Partial<HidQuestion>]>([
  ['a keyboard', { device: { collections: [{ usagePage: 1 }] } }],
  ['a security key', { device: { collections: [{ usagePage: 0xf1d0 }] } }],
  ['a scanner that is a keyboard too', { device: { collections: [{ usagePage: 0x8c }, { usagePage: 1 }] } }],
  ['a device that does not say what it is', { device: { collections: [] } }],
  ['a keyboard of a maker of scanners', { device: { vendorId: 0x0c2e, collections: [{ usagePage: 1 }] } }],
  ['what is no device', { device: undefined }],
  ['another bus', { deviceType: 'usb' }],
  ['another page', { origin: 'https://example.org' }],
  ['a page whose name begins like ours', { origin: 'app://kiosk.example' }],
])('not %s', (_what, question) => {
  expect(mayReadHid({ ...scanner, ...question }, OURS)).toBe('no')
})

test('nothing else may be asked so', () => {
  expect(mayAskForHid('usb', OURS, true, OURS)).toBe(false)
  expect(mayAskForHid('hid', OURS, false, OURS)).toBe(false)
  expect(mayAskForHid('hid', 'https://example.org', true, OURS)).toBe(false)
})
