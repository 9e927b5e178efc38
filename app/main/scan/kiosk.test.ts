import { expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { silentLog } from '../testing/fakes.ts'
import { openKiosk, place } from '../testing/played-kiosk.ts'
import { TOO_SOON_MS } from '../desk/resolve.ts'

test('a scan goes from the reader to a green screen and an open turnstile, once', async () => {
  const { kiosk, reader, server, opened, result } = openKiosk({ outcome: 'granted' })
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
  const { kiosk, reader, opened, result } = openKiosk({ outcome: 'denied', reason: 'restricted', reference: '7K4-Q2M' })
  reader.send({ kind: 'scan', text: place.issue() })
  expect(await result(1)).toMatchObject([{ kind: 'denied', reference: '7K4-Q2M' }])
  expect(opened).toEqual([])
  await kiosk.stop()
})

test('what a foreign code seems to be goes to the screen; of what it says only length, hash and class go to the log', async () => {
  const logged: unknown[] = []
  const { kiosk, reader, result } = openKiosk(
    { outcome: 'granted' },
    { log: { ...silentLog, info: (line: unknown) => void logged.push(line) } },
  )
  const poster = 'https://dopusk.example.ru/v/K7#3F'
  reader.send({ kind: 'scan', text: poster })
  expect((await result(1)).at(-1)).toMatchObject({ kind: 'unreadable', foreign: 'poster' })
  await eventually(() => {
    reader.send({ kind: 'garbage', length: 9, foreign: 'health-certificate' })
    expect(logged).toHaveLength(2)
  })
  expect((await result(2)).at(-1)).toMatchObject({ kind: 'unreadable', foreign: 'health-certificate' })
  expect(logged).toMatchObject([{ length: poster.length, foreign: 'poster' }, { length: 9 }])
  expect(JSON.stringify(logged)).not.toContain('example')
  await kiosk.stop()
})

test('foreign codes and garbage are grey, never a refusal', async () => {
  const { kiosk, reader, result } = openKiosk({ outcome: 'granted' })
  reader.send({ kind: 'scan', text: 'https://example.org/v/K7' })
  await result(1)
  await new Promise((resolve) => setTimeout(resolve, 320))
  reader.send({ kind: 'garbage', length: 1_000_000 })
  expect((await result(2)).map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable'])
  await kiosk.stop()
})

test('a noisy line is one grey screen, and the pass after it is admitted', async () => {
  const { kiosk, reader, screen, result } = openKiosk({ outcome: 'granted' })
  for (let n = 0; n < 5000; n++) {
    reader.send(n % 2 ? { kind: 'garbage', length: n } : { kind: 'scan', text: `noise ${n}` })
  }
  reader.send({ kind: 'scan', text: place.issue() })
  await eventually(() => expect(screen.shown.at(-1)).toMatchObject({ kind: 'granted' }))
  expect((await result(screen.shown.filter((state) => 'ms' in state).length)).length).toBeLessThan(10)
  await kiosk.stop()
})

test('the newest pass owns the screen', async () => {
  const { kiosk, reader, screen, opened } = openKiosk({ outcome: 'granted' })
  reader.send({ kind: 'scan', text: place.issue() })
  reader.send({ kind: 'scan', text: place.issue() })
  await eventually(() => expect(opened).toHaveLength(2))
  expect(screen.shown.filter(({ kind }) => kind === 'granted')).toMatchObject([{ scan: 2 }])
  await kiosk.stop()
})

test('a code that still lies before the camera does not put its green in front of the answer that is awaited', async () => {
  const { kiosk, reader, server, screen } = openKiosk({ outcome: 'granted' })
  const before = place.issue()
  reader.send({ kind: 'scan', text: before })
  await eventually(() => expect(screen.shown.at(-1)).toMatchObject({ kind: 'granted', scan: 1 }))
  const { decide } = server
  let answer = (): void => undefined
  server.decide = async (...asked) => {
    await new Promise<void>((resolve) => (answer = resolve))
    return decide.apply(server, asked)
  }
  server.answer = { outcome: 'denied', reason: 'restricted', reference: '7K4-Q2M' }
  reader.send({ kind: 'scan', text: place.issue() })
  reader.send({ kind: 'scan', text: before })
  answer()
  await eventually(() => expect(screen.shown.at(-1)).toMatchObject({ kind: 'denied', scan: 2 }))
  expect(screen.shown.filter(({ kind }) => kind === 'granted')).toHaveLength(1)
  reader.send({ kind: 'scan', text: before })
  await eventually(() => expect(screen.shown.at(-1)).toMatchObject({ kind: 'granted', scan: 3 }))
  await kiosk.stop()
})

test('noise while a pass is checked is counted, and does not take its answer', async () => {
  const { kiosk, reader, screen, result, book } = openKiosk('silent')
  reader.send({ kind: 'scan', text: place.issue() })
  reader.send({ kind: 'garbage', length: 5000 })
  expect(await result(1)).toMatchObject([{ kind: 'granted', scan: 1 }])
  expect(book.toSorted()).toEqual(['granted', 'unreadable'])
  expect(screen.shown.at(-1)).toMatchObject({ kind: 'granted' })
  await kiosk.stop()
})

test('where asking the server breaks, and it is not merely away, the kiosk decides all the same', async () => {
  const { kiosk, reader, server, queue, troubles, result } = openKiosk({ outcome: 'granted' })
  const broken = new Error('the key of this device cannot be opened')
  server.decide = () => Promise.reject(broken)
  reader.send({ kind: 'scan', text: place.issue() })
  expect(await result(1)).toMatchObject([{ kind: 'granted' }])
  expect(troubles).toEqual([broken])
  expect(queue.events).toHaveLength(1)
  await kiosk.stop()
})

test('a scan that fails is a fault that goes by itself, never «checking» for ever; the same code again is asked again', async () => {
  const { kiosk, parts, reader, screen, opened } = openKiosk({ outcome: 'granted' })
  const text = place.issue()
  const { onQueued } = parts
  parts.linkIsUp = () => false
  parts.onQueued = () => {
    throw new Error('planted')
  }
  reader.send({ kind: 'scan', text })
  await eventually(() => expect(screen.shown.at(-1)).toEqual({ kind: 'fault', code: 'internal' }))
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(screen.shown.at(-1)).toEqual({ kind: 'fault', code: 'internal' })
  parts.onQueued = onQueued
  reader.send({ kind: 'scan', text })
  await eventually(() => expect(opened).toEqual(['open']))
  await kiosk.stop()
})

test('a kiosk that knows nothing of its place says so', async () => {
  const { kiosk, reader, screen, server } = openKiosk({ outcome: 'granted' }, { knowledge: () => undefined })
  reader.send({ kind: 'scan', text: place.issue() })
  expect(screen.shown.at(-1)).toEqual({ kind: 'fault', code: 'not-set-up' })
  expect(server.asked).toEqual([])
  await kiosk.stop()
})

test('nobody decides where nobody sits: keys do nothing in self-service, and amber goes by itself', async () => {
  const { kiosk, reader, screen, queue, result } = openKiosk({
    outcome: 'check',
    reason: 'no-list',
    reference: '7K4-Q2M',
  })
  reader.send({ kind: 'scan', text: place.issue() })
  expect(await result(1)).toMatchObject([{ kind: 'check', ms: 8000 }])
  await new Promise((resolve) => setTimeout(resolve, TOO_SOON_MS + 20))
  kiosk.act({ kind: 'admit' })
  kiosk.act({ kind: 'refuse' })
  expect([screen.shown.at(-1)?.kind, queue.events]).toEqual(['check', []])
  await kiosk.stop()
})
