import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

/** Frames of a camera that is not quite regular, ms. */
const frames = fc
  .array(fc.double({ min: 5, max: 120, noNaN: true }), { minLength: 60, maxLength: 400 })
  .map((gaps) => gaps.reduce<number[]>((times, gap) => [...times, (times.at(-1) ?? 0) + gap], []))

const most = (times: readonly number[], within: number): number =>
  Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + within).length))

test('fifteen looks a second at most, two more where late frames and early ones meet', () => {
  fc.assert(
    fc.property(frames, (times) => {
      const pace = createPace()
      const looks = times.filter((time) => pace.isDue(time))
      expect(most(looks, 1000)).toBeLessThanOrEqual(17)
      const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
      expect(looks.length).toBeLessThanOrEqual(15 * seconds + 2)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('a camera of thirty frames a second is looked at fifteen times, not ten: a frame that jitters is not missed', () => {
  const pace = createPace()
  const looks = Array.from({ length: 300 }, (_, at) => (at * 1000) / 30 + ((at * 7) % 5) - 2).filter((at) =>
    pace.isDue(at),
  )
  expect(looks.length).toBeGreaterThanOrEqual(148)
  expect(looks.length).toBeLessThanOrEqual(151)
})

test('a picture that stands still is searched five times a second; movement at once', () => {
  const pace = createPace()
  const searched = Array.from({ length: 150 }, (_, at) => (at * 1000) / 15).filter((at) => pace.isSearched(false, at))
  expect(searched.length).toBe(50)
  expect(pace.isSearched(true, (searched.at(-1) ?? 0) + 1)).toBe(true)
})
