import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueAfter, workingHours } from './working-days.ts'

const moscow = (text: string): Date => new Date(`${text}:00+03:00`)

test.each([
  // Monday to Thursday, 18:00
  ['2026-11-23T10:00', 3, '2026-11-26T18:00'],
  // after closing time it came in on Tuesday
  ['2026-11-23T18:00', 3, '2026-11-27T18:00'],
  ['2026-11-23T17:59', 3, '2026-11-26T18:00'],
  // Friday: the weekend does not count
  ['2026-11-20T12:00', 1, '2026-11-23T18:00'],
  // Saturday: came in on Monday
  ['2026-11-21T12:00', 1, '2026-11-24T18:00'],
  // the holidays of January; the 9th of January 2027 is a Saturday
  ['2026-12-31T12:00', 1, '2027-01-11T18:00'],
  ['2026-11-03T12:00', 1, '2026-11-05T18:00'],
  // late at night in Moscow, yesterday in UTC
  ['2026-11-24T00:30', 1, '2026-11-25T18:00'],
  ['2026-11-23T10:00', 0, '2026-11-23T18:00'],
])('%s and %i working days: %s', (received, days, due) => {
  expect(dueAfter(moscow(received), days)).toEqual(moscow(due))
})

test.each([
  ['2026-11-23T10:00', '2026-11-23T18:00', 8],
  ['2026-11-23T17:00', '2026-11-24T10:00', 2],
  ['2026-11-20T18:00', '2026-11-23T09:00', 0],
  ['2026-11-23T18:00', '2026-11-23T10:00', -8],
  ['2026-12-30T09:00', '2027-01-11T18:00', 27],
])('from %s to %s: %i working hours', (from, to, hours) => {
  expect(workingHours(moscow(from), moscow(to))).toBe(hours)
})

const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2031-01-01'), noInvalidDate: true })
test('a deadline ends a working day, grows with its days, and leaves so many days of nine hours', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 20 }), (received, days) => {
      const due = dueAfter(received, days)
      expect(due.toISOString()).toMatch(/T15:00:00\.000Z$/)
      expect([0, 6]).not.toContain(due.getUTCDay())
      expect(due.getTime()).toBeGreaterThan(dueAfter(received, days - 1).getTime())
      expect(workingHours(dueAfter(received, 0), due)).toBe(days * 9)
      expect(workingHours(received, due)).toBeGreaterThanOrEqual(days * 9)
    }),
  )
})

test('hours of a stretch are those of its parts', () => {
  fc.assert(
    fc.property(moment, fc.nat({ max: 500 }), fc.nat({ max: 500 }), (from, first, second) => {
      // whole hours, so that nothing is rounded away
      const begin = new Date(Math.floor(from.getTime() / 3_600_000) * 3_600_000)
      const middle = new Date(begin.getTime() + first * 3_600_000)
      const end = new Date(middle.getTime() + second * 3_600_000)
      expect(workingHours(begin, end)).toBe(workingHours(begin, middle) + workingHours(middle, end))
    }),
  )
})
