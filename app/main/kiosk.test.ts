import { describe, expect, test, vi } from 'vitest'
import { AdmissionEvent } from '../../server/contract/admission.ts'
import { v7 as uuidv7 } from 'uuid'
import type { KioskMode } from '../preload/kiosk-api.ts'
import { createEntries } from './entries.ts'
import { createKiosk, type KioskParts } from './kiosk.ts'
import type { Knowledge } from './knowledge.ts'
import { goodTime, handReader, memoryQueue, recordingScreen, scriptedServer, silentLog } from './testing/fakes.ts'
import { TOO_SOON_MS } from './resolve.ts'
import { makePlace } from './testing/place.ts'

const place = makePlace(new Date())

function open(
  answer: Parameters<typeof scriptedServer>[0],
  knowledge: Knowledge | 'none' = place.knowledge,
  mode: KioskMode = 'self-service',
  onLog: (line: unknown) => void = () => undefined,
) {
  const queue = memoryQueue()
  const book: string[] = []
  const reader = handReader()
  const screen = recordingScreen()
  const server = scriptedServer(answer)
  const opened: string[] = []
  const troubles: unknown[] = []
  const parts: { -readonly [Part in keyof KioskParts]: KioskParts[Part] } = {
    server,
    queue,
    linkIsUp: () => true,
    clock: () => new Date(),
    time: goodTime(() => new Date()),
    entries: createEntries(() => 0),
    newId: () => uuidv7(),
    onQueued: () => undefined,
    onAskingFailed: (error) => void troubles.push(error),
    onNotRecorded: () => undefined,
    mode: () => mode,
    book: {
      noted: ({ kind }) => void book.push(kind),
      decided: (_id, outcome) => void book.push(outcome),
    },
    knowledge: () => (knowledge === 'none' ? undefined : knowledge),
    lacking: () => 'not-set-up',
    readers: [reader],
    screen,
    turnstile: { open: () => void opened.push('open') },
    log: { ...silentLog, info: onLog },
    onReader: () => undefined,
  }
  const kiosk = createKiosk(parts)
  kiosk.start()
  const result = async (count: number) => {
    await vi.waitFor(() => expect(screen.shown.filter((state) => 'ms' in state)).toHaveLength(count))
    return screen.shown.filter((state) => 'ms' in state)
  }
  return { kiosk, parts, reader, screen, server, queue, book, opened, troubles, result }
}

test('a scan goes from the reader to a green screen and an open turnstile, once', async () => {
  const { kiosk, reader, server, opened, result } = open({ outcome: 'granted' })
  const text = place.issue()
  reader.send({ kind: 'scan', text })
  reader.send({ kind: 'scan', text })
  expect(await result(1)).toMatchObject([{ kind: 'granted', scan: 1 }])
  reader.send({ kind: 'scan', text })
  expect(await result(2)).toMatchObject([{ kind: 'granted' }, { kind: 'granted', scan: 2 }])
  expect(opened).toEqual(['open'])
  expect(server.asked).toHaveLength(1)
  await kiosk.stop()
})

test('a refused pass opens nothing', async () => {
  const { kiosk, reader, opened, result } = open({ outcome: 'denied', reason: 'restricted', reference: '7K4-Q2M' })
  reader.send({ kind: 'scan', text: place.issue() })
  expect(await result(1)).toMatchObject([{ kind: 'denied', reference: '7K4-Q2M' }])
  expect(opened).toEqual([])
  await kiosk.stop()
})

test('what a foreign code seems to be goes to the screen; of what it says only length, hash and class go to the log', async () => {
  const logged: unknown[] = []
  const { kiosk, reader, result } = open({ outcome: 'granted' }, place.knowledge, 'self-service', (line) =>
    logged.push(line),
  )
  const poster = 'https://dopusk.example.ru/v/K7#3F'
  reader.send({ kind: 'scan', text: poster })
  expect((await result(1)).at(-1)).toMatchObject({ kind: 'unreadable', foreign: 'poster' })
  await vi.waitFor(() => {
    reader.send({ kind: 'garbage', length: 9, foreign: 'health-certificate' })
    expect(logged).toHaveLength(2)
  })
  expect((await result(2)).at(-1)).toMatchObject({ kind: 'unreadable', foreign: 'health-certificate' })
  expect(logged).toMatchObject([{ length: poster.length, foreign: 'poster' }, { length: 9 }])
  expect(JSON.stringify(logged)).not.toContain('example')
  await kiosk.stop()
})

test('foreign codes and garbage are grey, never a refusal', async () => {
  const { kiosk, reader, result } = open({ outcome: 'granted' })
  reader.send({ kind: 'scan', text: 'https://example.org/v/K7' })
  await result(1)
  await new Promise((resolve) => setTimeout(resolve, 320))
  reader.send({ kind: 'garbage', length: 1_000_000 })
  expect((await result(2)).map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable'])
  await kiosk.stop()
})

test('a noisy line is one grey screen, and the pass after it is admitted', async () => {
  const { kiosk, reader, screen, result } = open({ outcome: 'granted' })
  for (let n = 0; n < 5000; n++) {
    reader.send(n % 2 ? { kind: 'garbage', length: n } : { kind: 'scan', text: `noise ${n}` })
  }
  reader.send({ kind: 'scan', text: place.issue() })
  await vi.waitFor(() => expect(screen.shown.at(-1)).toMatchObject({ kind: 'granted' }))
  expect((await result(screen.shown.filter((state) => 'ms' in state).length)).length).toBeLessThan(10)
  await kiosk.stop()
})

test('the newest pass owns the screen', async () => {
  const { kiosk, reader, screen, opened } = open({ outcome: 'granted' })
  reader.send({ kind: 'scan', text: place.issue() })
  reader.send({ kind: 'scan', text: place.issue() })
  await vi.waitFor(() => expect(opened).toHaveLength(2))
  expect(screen.shown.filter(({ kind }) => kind === 'granted')).toMatchObject([{ scan: 2 }])
  await kiosk.stop()
})

test('noise while a pass is checked is counted, and does not take its answer', async () => {
  const { kiosk, reader, screen, result, book } = open('silent')
  reader.send({ kind: 'scan', text: place.issue() })
  reader.send({ kind: 'garbage', length: 5000 })
  expect(await result(1)).toMatchObject([{ kind: 'granted', scan: 1 }])
  expect(book.toSorted()).toEqual(['granted', 'unreadable'])
  expect(screen.shown.at(-1)).toMatchObject({ kind: 'granted' })
  await kiosk.stop()
})

test('where asking the server breaks, and it is not merely away, the kiosk decides all the same', async () => {
  const { kiosk, reader, server, queue, troubles, result } = open({ outcome: 'granted' })
  const broken = new Error('the key of this device cannot be opened')
  server.decide = () => Promise.reject(broken)
  reader.send({ kind: 'scan', text: place.issue() })
  expect(await result(1)).toMatchObject([{ kind: 'granted' }])
  expect(troubles).toEqual([broken])
  expect(queue.events).toHaveLength(1)
  await kiosk.stop()
})

test('a scan that fails is a fault that goes by itself, never «checking» for ever; the same code again is asked again', async () => {
  const { kiosk, parts, reader, screen, opened } = open({ outcome: 'granted' })
  const text = place.issue()
  const { onQueued } = parts
  parts.linkIsUp = () => false
  parts.onQueued = () => {
    throw new Error('planted')
  }
  reader.send({ kind: 'scan', text })
  await vi.waitFor(() => expect(screen.shown.at(-1)).toEqual({ kind: 'fault', code: 'internal' }))
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(screen.shown.at(-1)).toEqual({ kind: 'fault', code: 'internal' })
  parts.onQueued = onQueued
  reader.send({ kind: 'scan', text })
  await vi.waitFor(() => expect(opened).toEqual(['open']))
  await kiosk.stop()
})

test('a kiosk that knows nothing of its place says so', async () => {
  const { kiosk, reader, screen, server } = open({ outcome: 'granted' }, 'none')
  reader.send({ kind: 'scan', text: place.issue() })
  expect(screen.shown.at(-1)).toEqual({ kind: 'fault', code: 'not-set-up' })
  expect(server.asked).toEqual([])
  await kiosk.stop()
})

describe('at a desk', () => {
  const reference = '7K4-Q2M'
  const CHECK = { outcome: 'check', reason: 'no-list', reference } as const
  const DENIED = { outcome: 'denied', reason: 'restricted', reference } as const
  /** Somebody has had the time to see the answer. */
  const seen = () => new Promise((resolve) => setTimeout(resolve, TOO_SOON_MS + 20))

  function atDesk(answer: Parameters<typeof scriptedServer>[0]) {
    const door = open(answer, place.knowledge, 'desk')
    const scan = (text = place.issue()): string => {
      door.reader.send({ kind: 'scan', text })
      return text
    }
    const shows = (state: object) => vi.waitFor(() => expect(door.screen.shown.at(-1)).toMatchObject(state))
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
    kiosk.act({ kind: 'admit' }, 1)
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
    await vi.waitFor(() => shows({ kind: 'check', scan: 1 }), 5000)
    await seen()
    kiosk.act({ kind: 'admit' }, 2)
    expect(resolutions()).toEqual([])
    kiosk.act({ kind: 'admit' }, 1)
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
    await vi.waitFor(() => shows({ kind: 'denied', scan: 1 }), 5000)
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
    await vi.waitFor(() => expect(resolutions()).toHaveLength(1))
    await kiosk.stop()
    expect(resolutions()).toMatchObject([
      { outcome: 'refused', by: 'auto' },
      { outcome: 'refused', by: 'auto' },
    ])
  })
})

test('nobody decides where nobody sits: keys do nothing in self-service, and amber goes by itself', async () => {
  const { kiosk, reader, screen, queue, result } = open({ outcome: 'check', reason: 'no-list', reference: '7K4-Q2M' })
  reader.send({ kind: 'scan', text: place.issue() })
  expect(await result(1)).toMatchObject([{ kind: 'check', ms: 8000 }])
  await new Promise((resolve) => setTimeout(resolve, TOO_SOON_MS + 20))
  kiosk.act({ kind: 'admit' })
  kiosk.act({ kind: 'refuse' })
  expect([screen.shown.at(-1)?.kind, queue.events]).toEqual(['check', []])
  await kiosk.stop()
})
