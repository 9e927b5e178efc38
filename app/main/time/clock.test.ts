import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstClock, keepable, looked, notBefore, offsetAt, replied, timeAt, trustAt, type Reading } from './clock.ts'

const T = Date.parse('2026-11-22T19:00:00Z')
const HOUR = 3_600_000
/** A device whose wall clock is `error` ahead of the server's, at a monotonic time. */
const device =
  (error: number) =>
  (mono: number): Reading => ({ wall: T + mono + error, mono })
const SEED = { seed: 20261122, numRuns: 300 }

test('the true time lies within offset ± uncertainty, however the round trip is divided', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -86_400_000, max: 86_400_000 }),
      fc.array(fc.record({ there: fc.nat(3000), back: fc.nat(3000), gap: fc.nat(60_000) }), { minLength: 1 }),
      (error, trips) => {
        const at = device(error)
        let mono = 0
        let clock = firstClock(at(0))
        for (const { there, back, gap } of trips) {
          const sent = at(mono)
          const server = T + mono + there
          mono += there + back
          clock = replied(clock, sent, at(mono), server)
          mono += gap
        }
        const known = offsetAt(clock, at(mono))
        expect(Math.abs((known?.offset ?? NaN) + error)).toBeLessThanOrEqual((known?.uncertainty ?? NaN) + 1e-6)
        expect(trustAt(clock, at(mono))).toBe('good')
      },
    ),
    SEED,
  )
})

test('of the last eight replies the quickest tells', () => {
  const at = device(5000)
  let clock = firstClock(at(0))
  clock = replied(clock, at(0), at(20), T + 10)
  for (let n = 1; n < 8; n++) clock = replied(clock, at(n * 100), at(n * 100 + 90), T + n * 100 + 5)
  expect(offsetAt(clock, at(800))?.offset).toBe(-5000)
})

test('any jump of more than two seconds is noticed, our best time goes on, and a reply explains it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2001, max: 172_800_000 }), fc.boolean(), fc.nat(300_000), (size, back, after) => {
      const jump = back ? -size : size
      const before = device(0)
      const since = device(jump)
      let clock = replied(firstClock(before(0)), before(0), before(10), T + 5)
      clock = looked(clock, since(10 + after))
      expect(trustAt(clock, since(10 + after))).toBe('jumped')
      expect(timeAt(clock, since(10 + after))).toBeCloseTo(T + 10 + after, 3)
      expect(offsetAt(clock, since(10 + after))?.uncertainty).toBeGreaterThanOrEqual(size)
      clock = replied(clock, since(20 + after), since(30 + after), T + 25 + after)
      expect(trustAt(clock, since(30 + after))).toBe('good')
      expect(offsetAt(clock, since(30 + after))?.offset).toBe(-jump)
    }),
    SEED,
  )
})

test('slow slewing is no jump', () => {
  let clock = replied(firstClock(device(0)(0)), device(0)(0), device(0)(10), T + 5)
  for (let n = 1; n < 1000; n++) clock = looked(clock, device(n * 5)(n * 5000))
  expect(clock.jumped).toBe(0)
})

test('trusted for 72 hours after the last reply, also over restarts, and never when it is earlier than what was signed', () => {
  const at = device(0)
  const clock = replied(firstClock(at(0)), at(0), at(10), T + 5)
  expect(trustAt(firstClock(at(0)), at(0))).toBe('never-synced')
  expect(trustAt(clock, at(72 * HOUR))).toBe('good')
  expect(trustAt(clock, at(72 * HOUR + 20))).toBe('synced-long-ago')
  expect(trustAt(notBefore(clock, T + HOUR), at(20))).toBe('behind')
  const restarted = (wall: number) => firstClock({ wall, mono: 0 }, keepable(clock, at(HOUR)))
  expect(trustAt(restarted(T + 2 * HOUR), { wall: T + 2 * HOUR, mono: 0 })).toBe('good')
  // Put back while the kiosk was off: not believed, however long it then goes on.
  expect(trustAt(restarted(T), { wall: T, mono: 0 })).toBe('jumped')
  expect(trustAt(restarted(T), { wall: T + 30 * HOUR, mono: 30 * HOUR })).toBe('jumped')
})
