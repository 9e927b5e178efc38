/** The kiosk's own parts from the reader to the disk and the server's socket, without a window. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { KioskStatus } from '../../preload/kiosk-api.ts'
import { createBackground } from './background.ts'
import { openBelongings } from '../belongings.ts'
import { newCode } from '../../../contract/kiosk/enrolment.ts'
import { lackingOf } from '../device/lacking.ts'
import { createEntries } from '../scan/entries.ts'
import { createKiosk } from '../scan/kiosk.ts'
import { createStatusBoard } from '../window/status-board.ts'
import { makeAuthority, newHandle, type Authority } from '../testing/authority.ts'
import { eventually } from '../testing/eventually.ts'
import { handReader, recordingScreen } from '../testing/fakes.ts'
import { testHttpServer, type TestHttpServer } from '../testing/http-server.ts'

let folder: string
let authority: Authority
let server: TestHttpServer
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-kiosk-'))
  authority = makeAuthority(new Date())
  server = await testHttpServer(authority)
})
afterEach(() => {
  server.close()
  fs.rmSync(folder, { recursive: true })
})

async function openKiosk(rootKey = authority.rootKey) {
  let logged = ''
  const log = pino(
    { level: 'debug' },
    new Writable({
      write(bytes, _encoding, done) {
        logged += String(bytes)
        done()
      },
    }),
  )
  let status: KioskStatus | undefined
  const board = createStatusBoard((next) => (status = next))
  const settings = {
    dataFolder: folder,
    rootKeys: [rootKey],
    enrolment: { server: server.url, code: newCode(new Uint8Array(16)) },
    uploadJitterMs: 0,
  }
  const belongings = await openBelongings({ settings, keyStore: undefined, log, board })
  const reader = handReader()
  const screen = recordingScreen()
  const background = createBackground({
    ...belongings,
    settings,
    log,
    board,
    version: '1.0.0',
    runtime: 'test',
    onKnowledge: () => kiosk.refresh(),
    onStanding: () => undefined,
  })
  const kiosk = createKiosk({
    server: background.server,
    queue: belongings.queue,
    linkIsUp: () => background.link.isUp(),
    clock: () => new Date(),
    time: belongings.clock,
    entries: createEntries(() => performance.now()),
    newId: () => uuidv7(),
    onQueued: () => background.queued(),
    onAskingFailed: (error) => log.error({ error }, 'not asked'),
    onNotRecorded: (error) => log.error({ error }, 'not recorded'),
    knowledge: () => background.knowledge(),
    lacking: () => lackingOf(background.device.standing()),
    readers: [reader],
    screen,
    turnstile: { open: () => undefined },
    log,
    onReader: () => undefined,
    mode: () => 'self-service',
    book: { noted: () => undefined, decided: () => undefined },
  })
  kiosk.start()
  background.start()
  return {
    ...belongings,
    background,
    logged: () => logged,
    status: () => status,
    shown: () => screen.shown.at(-1)?.kind,
    present: (text: string) => reader.send({ kind: 'scan', text }),
    async scan(text: string) {
      const before = screen.shown.length
      reader.send({ kind: 'scan', text })
      await eventually(() => {
        if (!screen.shown.slice(before).some((state) => 'ms' in state)) throw new Error('no answer yet')
      })
      return screen.shown.findLast((state) => 'ms' in state)
    },
    async stop() {
      await kiosk.stop()
      background.stop()
      await belongings.known.saved()
      belongings.queue.close()
    },
  }
}

const everything = (): Buffer =>
  Buffer.concat(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name))),
  )

test('nothing of a pass lies in the folder or in the log: not before the upload, not after it, not after the stop', async () => {
  const kiosk = await openKiosk()
  await eventually(() => expect(kiosk.known.held().denyList).toBeDefined())
  const handles = Array.from({ length: 8 }, newHandle)
  const texts = handles.map((handle) => authority.issue({ handle }))
  const needles = handles.flatMap((handle, at) => {
    const bytes = Buffer.from(handle, 'hex')
    const text = texts[at] ?? ''
    return [text, text.slice(4, 40), handle, bytes, bytes.toString('base64'), bytes.toString('base64url')]
  })
  // The server answers checks with 503: each visit goes through the queue.
  kiosk.background.link.failed()
  for (const text of texts) expect(await kiosk.scan(text)).toMatchObject({ kind: 'granted' })
  // A code from a text message, and a telephone number: foreign to a reader.
  const foreign = ['482913', '+79120000417']
  for (const text of foreign) kiosk.present(text)
  const found = (bytes: Buffer): number => [...needles, ...foreign].filter((needle) => bytes.includes(needle)).length
  expect(found(everything())).toBe(0)
  await eventually(() => expect(server.events).toHaveLength(8))
  expect(server.events.map(({ event }) => event.kind === 'admission' && event.request.credential)).toEqual(texts)
  expect(found(Buffer.from(server.bodies.filter((body) => body.includes('"events"')).join('')))).toBe(0)
  await eventually(() => expect(kiosk.queue.waiting().count).toBe(0))
  expect(found(everything())).toBe(0)
  await kiosk.stop()
  expect(found(everything())).toBe(0)
  expect(found(Buffer.from(kiosk.logged()))).toBe(0)
}, 60_000)

test('a change of the list comes by the stream, and is on disk', async () => {
  const kiosk = await openKiosk()
  await eventually(() => expect(kiosk.known.held().denyList?.manifest.version).toBe(1))
  authority.list(newHandle())
  server.tell()
  await eventually(() => expect(kiosk.known.held().denyList?.manifest.version).toBe(2))
  expect(kiosk.known.held().denyList?.entries).toEqual(authority.entries())
  await kiosk.stop()
  const again = await openKiosk()
  expect(again.known.held().denyList?.manifest.version).toBe(2)
  expect(again.status()?.warnings).toContain('keys-unprotected')
  await again.stop()
})

test('a change of the list is noticed at any reply', async () => {
  const kiosk = await openKiosk()
  await eventually(() => expect(kiosk.known.held().denyList?.manifest.version).toBe(1))
  authority.list(newHandle())
  await kiosk.background.server.keySet()
  await eventually(() => expect(kiosk.known.held().denyList?.manifest.version).toBe(2))
  await kiosk.stop()
})

test('a device that was struck off forgets what it knows and keeps its sealed visits', async () => {
  const kiosk = await openKiosk()
  await eventually(() => expect(kiosk.known.held().denyList).toBeDefined())
  await kiosk.known.saved()
  const salt = authority.listSalt
  const entry = Buffer.from(authority.entries().subarray(0, 8))
  expect(everything().includes(entry)).toBe(true)
  server.revoked = true
  kiosk.background.link.failed()
  expect(await kiosk.scan(authority.issue())).toMatchObject({ kind: 'granted' })
  await eventually(() => expect(kiosk.background.knowledge()).toBeUndefined())
  await eventually(() => expect(kiosk.status()?.link.kind).toBe('refused'))
  await kiosk.known.saved()
  expect(kiosk.shown()).toBe('fault')
  expect(everything().includes(entry)).toBe(false)
  expect(everything().includes(Buffer.from(salt))).toBe(false)
  expect(kiosk.status()).not.toHaveProperty('venue')
  expect(kiosk.queue.waiting().count).toBe(1)
  await kiosk.stop()
})

test('a kiosk of another root believes nothing, and says so', async () => {
  server.tellsRoot = false
  const kiosk = await openKiosk(makeAuthority(new Date()).rootKey)
  await eventually(() => expect(kiosk.status()?.warnings).toContain('document-refused'))
  expect(kiosk.background.knowledge()).toBeUndefined()
  expect(kiosk.shown()).toBe('fault')
  await kiosk.stop()
})
