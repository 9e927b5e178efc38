import { expect, test } from 'vitest'
import type { KioskStatus } from '../../preload/kiosk-api.ts'
import type { Reader } from '../ports.ts'
import { createStatusBoard } from './status-board.ts'

const reader = (kind: Reader['kind']): Reader => ({ kind, start: () => undefined, stop: () => undefined })

test('another camera takes the place of the last one; two serial scanners stand side by side', () => {
  const told: KioskStatus[] = []
  const board = createStatusBoard(
    (status) => void told.push(status),
    () => new Date(0),
  )
  const [camera, serial] = [reader('camera'), reader('serial')]
  for (const name of ['/dev/ttyACM0', '/dev/ttyACM1']) board.reader(serial, { kind: 'live', live: true, name })
  board.reader(camera, { kind: 'live', live: true, name: 'Camera A' })
  board.reader(camera, { kind: 'scan', text: 'QP1:X' })
  board.reader(camera, { kind: 'live', live: false, name: 'Camera A' })
  expect(told.at(-1)?.readers).toContainEqual({
    kind: 'camera',
    name: 'Camera A',
    live: false,
    lastRead: new Date(0).toISOString(),
  })
  board.reader(camera, { kind: 'live', live: true, name: 'Camera B' })
  expect(told.at(-1)?.readers.map(({ name, live }) => [name, live])).toEqual([
    ['/dev/ttyACM0', true],
    ['/dev/ttyACM1', true],
    ['Camera B', true],
  ])
})

test('whom to call is who was named last, and nobody once the name was taken out', () => {
  const board = createStatusBoard(() => undefined)
  board.setup({ mode: 'desk', contact: 'Анна, 2-34-56' })
  expect(board.status()).toMatchObject({ mode: 'desk', contact: 'Анна, 2-34-56' })
  board.setup({ mode: 'desk' })
  expect(board.status()).not.toHaveProperty('contact')
})

test('a read is noted of the scanner that read, not of its neighbour of the same kind', () => {
  const told: KioskStatus[] = []
  const board = createStatusBoard(
    (status) => void told.push(status),
    () => new Date(0),
  )
  const serial = reader('serial')
  for (const name of ['COM3', 'COM4']) board.reader(serial, { kind: 'live', live: true, name })
  board.reader(serial, { kind: 'scan', text: 'QP1:X', name: 'COM4' })
  expect(told.at(-1)?.readers).toEqual([
    { kind: 'serial', name: 'COM3', live: true },
    { kind: 'serial', name: 'COM4', live: true, lastRead: new Date(0).toISOString() },
  ])
  board.reader(serial, { kind: 'garbage', length: 3, name: 'COM3' })
  expect(told.at(-1)?.readers.every(({ lastRead }) => lastRead !== undefined)).toBe(true)
})
