/** At a desk: what the employee may do about an answer, and what must not take it from the screen. */
import { expect, test } from 'vitest'
import { AdmissionEvent } from '../../../contract/kiosk/admission.ts'
import { TOO_SOON_MS } from '../desk/resolve.ts'
import { eventually } from '../testing/eventually.ts'
import type { scriptedServer } from '../testing/fakes.ts'
import { openKiosk, place } from '../testing/played-kiosk.ts'

const reference = '7K4-Q2M'
const CHECK = { outcome: 'check', reason: 'no-list', reference } as const
const DENIED = { outcome: 'denied', reason: 'restricted', reference } as const
/** Somebody has had the time to see the answer. */
const seen = () => new Promise((resolve) => setTimeout(resolve, TOO_SOON_MS + 20))

function atDesk(answer: Parameters<typeof scriptedServer>[0]) {
  const door = openKiosk(answer, { mode: () => 'desk' })
  const scan = (text = place.issue()): string => {
    door.reader.send({ kind: 'scan', text })
    return text
  }
  const shows = (state: object) => eventually(() => expect(door.screen.shown.at(-1)).toMatchObject(state))
  const resolutions = () =>
    door.queue.events
      .map(({ event }) => AdmissionEvent.parse(event))
      .flatMap((event) => (event.kind === 'resolution' ? [event.resolution] : []))
  return { ...door, scan, shows, resolutions }
}

test('green stands unless staff refuse while it shows', async () => {
  const { kiosk, scan, shows, resolutions, book, opened } = atDesk({ outcome: 'granted' })
  scan()
  await shows({ kind: 'granted', ms: 4000 })
  kiosk.act({ kind: 'refuse' })
  expect(resolutions()).toEqual([])
  await seen()
  kiosk.act({ kind: 'refuse' })
  await shows({ kind: 'resolved', outcome: 'refused' })
  expect(resolutions()).toMatchObject([{ outcome: 'refused', by: 'staff' }])
  expect([book, opened]).toEqual([['granted', 'refused'], ['open']])
  await kiosk.stop()
})

test('red is let in only after a reason, and the turnstile opens after it is written down', async () => {
  const { kiosk, scan, shows, resolutions, opened, queue } = atDesk(DENIED)
  scan()
  await shows({ kind: 'denied' })
  await seen()
  kiosk.act({ kind: 'admit', reason: 'senior-order' })
  expect(resolutions()).toEqual([])
  kiosk.act({ kind: 'admit' }, { scan: 1 })
  await shows({ kind: 'asking', reference })
  queue.full = true
  kiosk.act({ kind: 'admit', reason: 'senior-order' })
  expect([opened, resolutions()]).toEqual([[], []])
  queue.full = false
  kiosk.act({ kind: 'admit', reason: 'senior-order' })
  await shows({ kind: 'resolved', outcome: 'admitted' })
  expect(resolutions()).toMatchObject([{ outcome: 'admitted', by: 'staff', reason: 'senior-order' }])
  expect(opened).toEqual(['open'])
  await kiosk.stop()
})

test('amber waits, through a code that cannot be read, and for an action on itself only', async () => {
  const { kiosk, reader, scan, shows, resolutions, opened } = atDesk(CHECK)
  scan()
  await shows({ kind: 'check', ms: 'until-chosen', scan: 1 })
  reader.send({ kind: 'garbage', length: 5 })
  await shows({ kind: 'unreadable', scan: 2 })
  await seen()
  kiosk.act({ kind: 'admit' })
  expect(resolutions()).toEqual([])
  await shows({ kind: 'check', scan: 1 })
  await seen()
  kiosk.act({ kind: 'admit' }, { scan: 2 })
  expect(resolutions()).toEqual([])
  kiosk.act({ kind: 'admit' }, { scan: 1 })
  await shows({ kind: 'resolved', outcome: 'admitted' })
  expect(resolutions()).toMatchObject([{ outcome: 'admitted', by: 'staff' }])
  expect(opened).toEqual(['open'])
  await kiosk.stop()
})

test('a foreign code covers a refusal for a moment; what is left of its time is shown again', async () => {
  const { kiosk, reader, scan, shows, screen } = atDesk(DENIED)
  scan()
  await shows({ kind: 'denied', ms: 10_000 })
  reader.send({ kind: 'garbage', length: 5 })
  await shows({ kind: 'unreadable', scan: 2 })
  await shows({ kind: 'denied', scan: 1 })
  const again = screen.shown.at(-1)
  expect(again && 'ms' in again ? again.ms : undefined).toBeLessThan(7500)
  await seen()
  kiosk.act({ kind: 'admit' })
  await shows({ kind: 'asking' })
  await kiosk.stop()
})

test('a foreign code, or the beginning of a scan, leaves the question why on the screen', async () => {
  const { kiosk, reader, scan, shows, screen, resolutions } = atDesk(DENIED)
  scan()
  await shows({ kind: 'denied' })
  await seen()
  kiosk.act({ kind: 'admit' })
  await shows({ kind: 'asking' })
  reader.send({ kind: 'garbage', length: 5 })
  reader.send({ kind: 'reading' })
  expect(screen.shown.at(-1)).toMatchObject({ kind: 'asking' })
  kiosk.act({ kind: 'admit', reason: 'senior-order' })
  await shows({ kind: 'resolved', outcome: 'admitted' })
  expect(resolutions()).toMatchObject([{ by: 'staff', outcome: 'admitted' }])
  await kiosk.stop()
})

test('amber overtaken by the next scan is refused by nobody; shown again it can still be decided', async () => {
  const { kiosk, scan, shows, resolutions, server, book } = atDesk(CHECK)
  const first = scan()
  await shows({ kind: 'check', scan: 1 })
  server.answer = { outcome: 'granted' }
  scan()
  await shows({ kind: 'granted', scan: 2 })
  expect(resolutions()).toMatchObject([{ outcome: 'refused', by: 'auto' }])
  scan(first)
  await shows({ kind: 'check', scan: 3, ms: 'until-chosen' })
  await seen()
  kiosk.act({ kind: 'admit' })
  await shows({ kind: 'resolved', outcome: 'admitted', scan: 3 })
  const [auto, staff] = resolutions()
  expect(staff).toMatchObject({ id: auto?.id, outcome: 'admitted', by: 'staff' })
  expect(book.toSorted()).toEqual(['admitted', 'check', 'granted', 'refused'])
  scan(first)
  await shows({ kind: 'resolved', outcome: 'admitted', scan: 4 })
  await kiosk.stop()
  expect(server.asked).toHaveLength(2)
  expect(resolutions()).toHaveLength(2)
})

test('two codes at once, and the slow one turns amber behind the other: it is refused, not forgotten', async () => {
  const { kiosk, scan, resolutions } = atDesk(CHECK)
  scan()
  scan()
  await eventually(() => expect(resolutions()).toHaveLength(1))
  await kiosk.stop()
  expect(resolutions()).toMatchObject([
    { outcome: 'refused', by: 'auto' },
    { outcome: 'refused', by: 'auto' },
  ])
})

test('a key that went down before this answer was there means the one before, however long the finger stays', async () => {
  const { kiosk, scan, shows, resolutions, opened } = atDesk(CHECK)
  scan()
  await shows({ kind: 'check', scan: 1 })
  await seen()
  const at = performance.now()
  scan()
  await shows({ kind: 'check', scan: 2 })
  await seen()
  kiosk.act({ kind: 'admit' }, { at })
  expect(resolutions()).toMatchObject([{ outcome: 'refused', by: 'auto' }])
  expect(opened).toEqual([])
  kiosk.act({ kind: 'admit' })
  await shows({ kind: 'resolved', outcome: 'admitted', scan: 2 })
  await kiosk.stop()
})

test('struck off with an amber open, it says that it is out of order: what cannot be sealed cannot be decided', async () => {
  const { kiosk, parts, scan, shows, screen, resolutions } = atDesk(CHECK)
  scan()
  await shows({ kind: 'check' })
  parts.knowledge = () => undefined
  kiosk.refresh()
  await shows({ kind: 'fault' })
  await seen()
  kiosk.act({ kind: 'admit' })
  parts.knowledge = () => place.knowledge
  kiosk.refresh()
  expect(screen.shown.at(-1)).toEqual({ kind: 'idle' })
  expect(resolutions()).toMatchObject([{ outcome: 'refused', by: 'auto' }])
  await kiosk.stop()
})
