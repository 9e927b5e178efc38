import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOpenAt, type WeekHours } from './hours.ts'

const MOSCOW = 180
/** Monday 2026-11-23 00:00 in Moscow. */
const MONDAY = Date.UTC(2026, 10, 22, 21) / 1000
const at = (day: number, hour: number, minute = 0): number => MONDAY + ((day * 24 + hour) * 60 + minute) * 60
const week = (...days: WeekHours['days']): WeekHours => ({
  utcOffset: MOSCOW,
  days: [...days, ...Array.from({ length: 7 - days.length }, () => null)],
})

describe('opening hours', () => {
  it('are counted by the place’s own clock, its first minute in and its last out', () => {
    const hours = week({ from: 10 * 60, to: 18 * 60 })
    expect([at(0, 9, 59), at(0, 10), at(0, 17, 59), at(0, 18), at(1, 12)].map((now) => isOpenAt(hours, now))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })

  it('reach past midnight, also from Sunday to Monday', () => {
    const bar = week(null, null, null, null, null, null, { from: 20 * 60, to: 4 * 60 })
    expect(isOpenAt(bar, at(6, 23))).toBe(true)
    expect(isOpenAt(bar, at(7, 3, 59))).toBe(true)
    expect(isOpenAt(bar, at(7, 4))).toBe(false)
    expect(isOpenAt(bar, at(6, 3))).toBe(false)
    const always = week(...Array.from({ length: 7 }, () => ({ from: 0, to: 0 })))
    expect(isOpenAt(always, at(3, 5))).toBe(true)
  })

  it('come again every week', () => {
    const day = fc.option(fc.record({ from: fc.nat({ max: 1439 }), to: fc.nat({ max: 1440 }) }))
    const days = fc.array(day, { minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(days, fc.integer({ min: -720, max: 840 }), fc.nat({ max: 4_000_000_000 }), (of, utcOffset, now) => {
        expect(isOpenAt({ utcOffset, days: of }, now + 7 * 86_400)).toBe(isOpenAt({ utcOffset, days: of }, now))
      }),
      { seed: 5 },
    )
  })
})
