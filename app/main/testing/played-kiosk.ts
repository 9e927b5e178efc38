/** A kiosk at a place of its own, with everything around it played. */
import { v7 as uuidv7 } from 'uuid'
import { expect, vi } from 'vitest'
import { createEntries } from '../scan/entries.ts'
import { createKiosk, type KioskParts } from '../scan/kiosk.ts'
import { goodTime, handReader, memoryQueue, recordingScreen, scriptedServer, silentLog } from './fakes.ts'
import { makePlace } from './place.ts'

export const place = makePlace(new Date())

/** @param other what is not as it usually is */
export function openKiosk(answer: Parameters<typeof scriptedServer>[0], other: Partial<KioskParts> = {}) {
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
    mode: () => 'self-service',
    book: {
      noted: ({ kind }) => void book.push(kind),
      decided: (_id, outcome) => void book.push(outcome),
    },
    knowledge: () => place.knowledge,
    lacking: () => 'not-set-up',
    readers: [reader],
    screen,
    turnstile: { open: () => void opened.push('open') },
    log: silentLog,
    onReader: () => undefined,
    ...other,
  }
  const kiosk = createKiosk(parts)
  kiosk.start()
  const result = async (count: number) => {
    await vi.waitFor(() => expect(screen.shown.filter((state) => 'ms' in state)).toHaveLength(count))
    return screen.shown.filter((state) => 'ms' in state)
  }
  return { kiosk, parts, reader, screen, server, queue, book, opened, troubles, result }
}
