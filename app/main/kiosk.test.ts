import { expect, test, vi } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { createEntries } from './entries.ts'
import { createKiosk, type KioskParts } from './kiosk.ts'
import type { Knowledge } from './knowledge.ts'
import { goodTime, handReader, memoryQueue, recordingScreen, scriptedServer, silentLog } from './testing/fakes.ts'
import { makePlace } from './testing/place.ts'

const place = makePlace(new Date())

function open(answer: Parameters<typeof scriptedServer>[0], knowledge: Knowledge | 'none' = place.knowledge) {
  const reader = handReader()
  const screen = recordingScreen()
  const server = scriptedServer(answer)
  const opened: string[] = []
  const parts: KioskParts = {
    server,
    queue: memoryQueue(),
    linkIsUp: () => true,
    clock: () => new Date(),
    time: goodTime(() => new Date()),
    entries: createEntries(() => 0),
    newId: () => uuidv7(),
    onQueued: () => undefined,
    onNotRecorded: () => undefined,
    knowledge: () => (knowledge === 'none' ? undefined : knowledge),
    readers: [reader],
    screen,
    turnstile: { open: () => void opened.push('open') },
    log: silentLog,
    onReader: () => undefined,
  }
  const kiosk = createKiosk(parts)
  kiosk.start()
  const result = async (count: number) => {
    await vi.waitFor(() => expect(screen.shown.filter((state) => 'ms' in state)).toHaveLength(count))
    return screen.shown.filter((state) => 'ms' in state)
  }
  return { kiosk, reader, screen, server, opened, result }
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
  kiosk.stop()
})

test('a refused pass opens nothing', async () => {
  const { kiosk, reader, opened, result } = open({ outcome: 'denied', reason: 'restricted', reference: '7K4-Q2M' })
  reader.send({ kind: 'scan', text: place.issue() })
  expect(await result(1)).toMatchObject([{ kind: 'denied', reference: '7K4-Q2M' }])
  expect(opened).toEqual([])
  kiosk.stop()
})

test('foreign codes and garbage are grey, never a refusal', async () => {
  const { kiosk, reader, result } = open({ outcome: 'granted' })
  reader.send({ kind: 'scan', text: 'https://example.org/v/K7' })
  await result(1)
  await new Promise((resolve) => setTimeout(resolve, 320))
  reader.send({ kind: 'garbage', length: 1_000_000 })
  expect((await result(2)).map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable'])
  kiosk.stop()
})

test('a noisy line is one grey screen, and the pass after it is admitted', async () => {
  const { kiosk, reader, screen, result } = open({ outcome: 'granted' })
  for (let n = 0; n < 5000; n++) {
    reader.send(n % 2 ? { kind: 'garbage', length: n } : { kind: 'scan', text: `noise ${n}` })
  }
  reader.send({ kind: 'scan', text: place.issue() })
  await vi.waitFor(() => expect(screen.shown.at(-1)).toMatchObject({ kind: 'granted' }))
  expect((await result(screen.shown.filter((state) => 'ms' in state).length)).length).toBeLessThan(10)
  kiosk.stop()
})

test('the newest scan owns the screen', async () => {
  const { kiosk, reader, screen, result } = open('silent')
  reader.send({ kind: 'scan', text: place.issue() })
  reader.send({ kind: 'garbage', length: 5000 })
  await result(1)
  await vi.waitFor(() => expect(screen.shown.at(-1)).toMatchObject({ kind: 'unreadable', scan: 2 }))
  kiosk.stop()
})

test('a kiosk that knows nothing of its place says so', () => {
  const { kiosk, reader, screen, server } = open({ outcome: 'granted' }, 'none')
  reader.send({ kind: 'scan', text: place.issue() })
  expect(screen.shown.at(-1)).toEqual({ kind: 'fault', code: 'not-set-up' })
  expect(server.asked).toEqual([])
  kiosk.stop()
})
