import { describe, expect, test } from 'vitest'
import { chooseCamera } from './choose-camera.ts'

const desk = { deviceId: 'd1', label: 'Logitech C920' }
const wall = { deviceId: 'd2', label: 'USB 2.0 Camera' }
const infrared = { deviceId: 'd3', label: 'Integrated IR Camera' }

describe('any camera', () => {
  const any = { kind: 'any' } as const
  test('the first that sees visible light', () => {
    expect(chooseCamera(any, [infrared, wall, desk], undefined)).toBe(wall)
    expect(chooseCamera(any, [infrared], undefined)).toBe(infrared)
    expect(chooseCamera(any, [], undefined)).toBeUndefined()
  })
  test('the one of last time goes before, by its name where its id is another now', () => {
    expect(chooseCamera(any, [wall, desk], desk)).toBe(desk)
    expect(chooseCamera(any, [wall, desk], { deviceId: 'old', label: desk.label })).toBe(desk)
  })
  test('another takes its place when it is gone', () => {
    expect(chooseCamera(any, [wall], desk)).toBe(wall)
  })
  test('one that could not be read lets the others go before it, also the one of last time; when none could, the first', () => {
    expect(chooseCamera(any, [wall, desk], undefined, new Set(['d1']))).toBe(wall)
    expect(chooseCamera(any, [wall, desk], undefined, new Set(['d2']))).toBe(desk)
    expect(chooseCamera(any, [wall, desk], desk, new Set(['d1']))).toBe(wall)
    expect(chooseCamera(any, [wall, desk], desk, new Set(['d1', 'd2']))).toBe(desk)
  })
  test('an eye for faces does not take the place of one that is busy', () => {
    expect(chooseCamera(any, [infrared, wall], undefined, new Set(['d2']))).toBe(wall)
  })
})

describe('a camera chosen by hand', () => {
  const chosen = { kind: 'chosen', ...desk } as const
  test('is found by its id, then by its name', () => {
    expect(chooseCamera(chosen, [wall, desk], wall)).toBe(desk)
    expect(chooseCamera(chosen, [wall, { ...desk, deviceId: 'new' }], undefined)).toMatchObject({ deviceId: 'new' })
  })
  test('is never replaced: another may look at the guard', () => {
    expect(chooseCamera(chosen, [wall], wall)).toBeUndefined()
  })
  test('is tried again and again where it cannot be read', () => {
    expect(chooseCamera(chosen, [wall, desk], undefined, new Set(['d1']))).toBe(desk)
  })
  test('an empty id or name is nobody’s', () => {
    const nameless = { deviceId: '', label: '' }
    expect(chooseCamera({ kind: 'chosen', ...nameless }, [nameless], undefined)).toBeUndefined()
  })
})

test('off is off', () => {
  expect(chooseCamera({ kind: 'off' }, [desk], desk)).toBeUndefined()
})
