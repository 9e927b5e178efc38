import { expect, test } from 'vitest'
import type { Corners } from './decoder.ts'
import { createUnread, type Unread } from './unread.ts'

const HEIGHT = 720
const at = (x: number, size = 200): Corners => [
  { x, y: 100 },
  { x: x + size, y: 100 },
  { x: x + size, y: 100 + size },
  { x, y: 100 + size },
]
/** Looks each 250 ms from `from` on. Returns when the next is due. */
function look(unread: Unread, from: number, ...sights: readonly (Corners | undefined)[]): number {
  return sights.reduce((now, corners) => {
    expect(unread.isDue(now)).toBe(true)
    unread.saw(corners, HEIGHT, now)
    expect(unread.isDue(now + 249)).toBe(false)
    return now + 250
  }, from)
}

test('a code that cannot be read three times needs help, and for two seconds after it was last seen', () => {
  const unread = createUnread()
  const now = look(unread, 0, at(300), at(310))
  expect(unread.needsHelp(now)).toBe(false)
  const last = look(unread, now, at(320)) - 250
  expect(unread.needsHelp(last)).toBe(true)
  expect(unread.needsHelp(last + 1999)).toBe(true)
  expect(unread.needsHelp(last + 2000)).toBe(false)
})

test('one that is smeared on its way needs none; a miss in between puts help off', () => {
  const unread = createUnread()
  let now = look(unread, 0, at(300), undefined, at(300), at(300))
  expect(unread.needsHelp(now)).toBe(false)
  now = look(unread, now, at(300))
  expect(unread.needsHelp(now)).toBe(true)
})

test('what is read needs no help any more, and the next begins anew', () => {
  const unread = createUnread()
  const now = look(unread, 0, at(300), at(300), at(300))
  unread.read()
  expect(unread.needsHelp(now)).toBe(false)
  look(unread, now, at(300), at(300))
  expect(unread.needsHelp(now + 500)).toBe(false)
})

test('a small code on a far wall needs none', () => {
  const unread = createUnread()
  const now = look(unread, 0, ...Array.from({ length: 10 }, () => at(300, 100)))
  expect(unread.needsHelp(now)).toBe(false)
})

test('a poster in a bad light is told from a code in a hand: after eight seconds it needs none, hidden in between or not', () => {
  const poster = createUnread()
  let now = look(poster, 0, ...Array.from({ length: 32 }, () => at(300)))
  expect(poster.needsHelp(now)).toBe(true)
  now = look(poster, now, ...Array.from({ length: 9 }, () => at(303)), undefined, undefined, at(300), at(300), at(300))
  expect(poster.needsHelp(now)).toBe(false)
  const hand = createUnread()
  now = look(hand, 0, ...Array.from({ length: 60 }, (_, time) => at(300 + 20 * (time % 2))))
  expect(hand.needsHelp(now)).toBe(true)
})
