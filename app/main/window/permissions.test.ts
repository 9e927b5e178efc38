import { expect, test } from 'vitest'
import { isGranted, type PermissionQuestion } from './permissions.ts'

const ORIGIN = 'app://kiosk'

const ours: PermissionQuestion = {
  permission: 'media',
  url: 'app://kiosk/index.html',
  isMainFrame: true,
  media: ['video'],
}

test('our page may see', () => {
  expect(isGranted(ours, ORIGIN)).toBe(true)
  expect(isGranted({ ...ours, url: 'app://kiosk/' }, ORIGIN)).toBe(true)
  expect(isGranted({ ...ours, url: 'app://kiosk' }, ORIGIN)).toBe(true)
})

test.each<[string, Partial<PermissionQuestion>]>([
  ['hear', { media: ['audio'] }],
  ['see and hear', { media: ['video', 'audio'] }],
  ['what nobody can name', { media: ['unknown'] }],
  ['see from a frame within the page', { isMainFrame: false }],
  ['see as another page', { url: 'https://kiosk/' }],
  ['see as a page whose name begins like ours', { url: 'app://kiosk.example/' }],
  ['see as nobody', { url: '' }],
  ...[
    'geolocation',
    'notifications',
    'midi',
    'clipboard-read',
    'display-capture',
    'hid',
    'serial',
    'usb',
    'openExternal',
  ].map((permission): [string, Partial<PermissionQuestion>] => [permission, { permission }]),
])('nobody may: %s', (_what, other) => {
  expect(isGranted({ ...ours, ...other }, ORIGIN)).toBe(false)
})
