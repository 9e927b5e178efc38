import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Heartbeat } from '../../contract/kiosk/devices.ts'
import type { Alarm } from '../../contract/office/fleet.ts'
import { someHeartbeat } from '../testing/heartbeat.ts'
import { alarmsOf, isBehind, levelOf, LIMITS } from './alarms.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const before = (ms: number): string => new Date(NOW.getTime() - ms).toISOString()
const well = someHeartbeat(NOW)
const alarms = (change: Partial<Heartbeat>): readonly Alarm[] => alarmsOf({ ...well, ...change }, NOW, '1.2.0')

test('a terminal that is well has none', () => {
  expect(alarms({})).toEqual([])
  expect(levelOf([])).toBe(0)
})

const { queue, clock } = well
const cases: readonly (readonly [Alarm, Partial<Heartbeat>, Partial<Heartbeat>])[] = [
  [
    'unsent-old',
    { queue: { ...queue, waiting: 1, oldest: before(LIMITS.unsent + 1) } },
    { queue: { ...queue, waiting: 1, oldest: before(LIMITS.unsent) } },
  ],
  ['disk-full', { queue: { ...queue, fill: 0.81 } }, { queue: { ...queue, fill: 0.8 } }],
  ['disk-full', { disk: 0.81 }, { disk: 0.8 }],
  ['disk-full', { unrecorded: 1 }, { unrecorded: 0 }],
  [
    'no-reader',
    { readers: [{ kind: 'serial', name: 'COM3', live: false }] },
    { readers: [{ kind: 'wedge', name: 'keyboard', live: true }] },
  ],
  ['no-reader', { readers: [] }, {}],
  [
    'list-old',
    { denyList: { epoch: 1, version: 1, confirmedAt: before(LIMITS.list + 1) } },
    { denyList: { epoch: 1, version: 1, confirmedAt: before(LIMITS.list) } },
  ],
  ['list-old', { denyList: undefined }, {}],
  ['clock', { clock: { ...clock, offset: -30_001 } }, { clock: { ...clock, offset: 30_000 } }],
  ['clock', { clock: { ...clock, trust: 'jumped' } }, {}],
  ['distrust', { warnings: ['rolled-back'] }, { warnings: ['clock'] }],
  ['dead-letters', { queue: { ...queue, dead: 1 } }, {}],
  ['keys-unprotected', { warnings: ['keys-unprotected'] }, { warnings: [] }],
  ['version-behind', { version: '1.1.9' }, { version: '1.2.0' }],
]
test.each(cases)('%s holds %j and not %j', (alarm, holds, not) => {
  expect(alarms(holds)).toEqual([alarm])
  expect(alarms(not)).toEqual([])
})

test('what may be seen to later is the lower level', () => {
  expect(levelOf(['keys-unprotected', 'version-behind'])).toBe(1)
  expect(levelOf(['version-behind', 'clock'])).toBe(2)
})

test('versions are compared number by number', () => {
  const version = fc.array(fc.nat(40), { minLength: 2, maxLength: 3 })
  fc.assert(
    fc.property(version, version, (one, other) => {
      const at = [0, 1, 2].find((index) => (one[index] ?? 0) !== (other[index] ?? 0))
      const less = at !== undefined && (one[at] ?? 0) < (other[at] ?? 0)
      expect(isBehind(one.join('.'), other.join('.'))).toBe(less)
    }),
    { seed: 20261122 },
  )
})
