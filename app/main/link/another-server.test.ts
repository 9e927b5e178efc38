/** A terminal that leaves one server for another, whose versions count from 1 as well: no window, everything else real. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { api } from '../../../contract/kiosk/api.ts'
import { newCode, type Enrolment } from '../../../contract/kiosk/enrolment.ts'
import type { KioskStatus } from '../../preload/kiosk-api.ts'
import { createBackground, type Background } from './background.ts'
import { openBelongings, type Belongings } from '../belongings.ts'
import { createStatusBoard } from '../window/status-board.ts'
import { makeAuthority, newHandle, type Authority } from '../testing/authority.ts'
import { eventually } from '../testing/eventually.ts'
import { silentLog } from '../testing/fakes.ts'
import { testHttpServer, type TestHttpServer } from '../testing/http-server.ts'

interface Region {
  readonly authority: Authority
  readonly server: TestHttpServer
}
interface Terminal extends Belongings {
  readonly background: Background
  readonly warnings: () => NonNullable<KioskStatus['warnings']>
}

let folder: string
let old: Region
let other: Region
let open: Terminal | undefined
let closeAll: (() => void)[]

async function makeRegion(port?: number): Promise<Region> {
  const authority = makeAuthority(new Date())
  const server = await testHttpServer(authority, port)
  closeAll.push(server.close)
  return { authority, server }
}
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-moved-'))
  closeAll = []
  old = await makeRegion()
  // all of the old one is ahead of whatever the other will say
  old.authority.changeKeys({})
  old.authority.changeConfig({ venue: { code: 'K7', name: 'Old' } })
  for (let times = 0; times < 5; times++) old.authority.list(newHandle())
  other = await makeRegion()
})
afterEach(async () => {
  await stop()
  for (const close of closeAll) close()
  fs.rmSync(folder, { recursive: true })
})

const codeOf = ({ authority, server }: Region): Enrolment => ({
  server: server.url,
  code: newCode(new Uint8Array(16)),
  root: authority.keys.root.kid,
})

async function openTerminal(enrolment: Enrolment, rootKeys: readonly string[] = []): Promise<Terminal> {
  let status: KioskStatus | undefined
  const board = createStatusBoard((next) => (status = next))
  const settings = { dataFolder: folder, rootKeys, enrolment, uploadJitterMs: 0 }
  const belongings = await openBelongings({ settings, keyStore: undefined, log: silentLog, board })
  const background = createBackground({
    ...belongings,
    settings,
    log: silentLog,
    board,
    version: '1.0.0',
    runtime: 'test',
    onKnowledge: () => undefined,
    onStanding: () => undefined,
  })
  background.start()
  open = { ...belongings, background, warnings: () => status?.warnings ?? [] }
  return open
}

async function stop(): Promise<void> {
  const stopping = open
  open = undefined
  if (!stopping) return
  stopping.background.stop()
  await stopping.known.saved()
  stopping.queue.close()
}

/** All that it decides by is this server's, whose next change it hears of at once. */
async function worksAt({ known, background, warnings }: Terminal, { authority, server }: Region): Promise<void> {
  await eventually(() => expect(known.held().denyList?.entries).toEqual(authority.entries()))
  expect(known.held().keySet?.value).toEqual(authority.keySet())
  expect(known.held().config?.value).toEqual(authority.config())
  await eventually(() => expect(background.device.standing().kind).toBe('working'))
  expect(warnings()).not.toContain('rolled-back')
  await eventually(() => expect(server.asked.get(api.stream.path)).toBeDefined())
  authority.list(newHandle())
  server.tell()
  await eventually(() => expect(known.held().denyList?.entries).toEqual(authority.entries()))
  authority.list(newHandle())
  await background.server.keySet()
  await eventually(() => expect(known.held().denyList?.entries).toEqual(authority.entries()))
}

/** As a signed document holds it, or in the open. */
function onDisk(text: string): boolean {
  const at = path.join(folder, 'knowledge')
  const files = fs.readdirSync(at).map((name) => fs.readFileSync(path.join(at, name)).toString())
  const payloads = files.flatMap((file) => file.split('.')).map((part) => Buffer.from(part, 'base64url').toString())
  return [...files, ...payloads].some((one) => one.includes(text))
}

async function strikeOff(terminal: Terminal, { server }: Region): Promise<void> {
  server.revoked = true
  await terminal.background.server.deviceConfig().catch(() => undefined)
  expect(terminal.background.device.standing().kind).toBe('revoked')
  expect(terminal.background.knowledge()).toBeUndefined()
}

test('struck off at one, it works at another; what was sealed for the first is a dead letter there, and counted', async () => {
  const terminal = await openTerminal(codeOf(old))
  await worksAt(terminal, old)
  terminal.background.link.failed()
  await terminal.queue.append({
    kind: 'admission',
    request: { id: uuidv7(), accessPoint: 1, credential: 'QP1:X', presentedAt: new Date().toISOString() },
    decision: { outcome: 'granted' },
  })
  await strikeOff(terminal, old)
  expect(terminal.queue.waiting()).toMatchObject({ count: 1, dead: 0 })

  terminal.background.device.enrol(codeOf(other))
  await worksAt(terminal, other)
  await eventually(() => expect(terminal.queue.waiting()).toMatchObject({ count: 0, dead: 1 }))
  expect(other.server.events).toEqual([])

  await stop()
  await worksAt(await openTerminal(codeOf(other)), other)
})

test.each(['device-pending', 'invalid-client'] as const)(
  'not served (%s) at one, where it keeps what it knows, it forgets that at another, with whatever roots it came',
  async (why) => {
    const roots = [old.authority.rootKey, other.authority.rootKey]
    await worksAt(await openTerminal(codeOf(old), roots), old)
    await stop()
    old.server.givesNoToken = why
    const terminal = await openTerminal(codeOf(old), roots)
    await eventually(() =>
      expect(terminal.background.device.standing().kind).toBe(why === 'device-pending' ? 'pending' : 'unknown'),
    )
    expect(terminal.background.knowledge()?.config.venue.name).toBe('Old')

    terminal.background.device.enrol(codeOf(other))
    await worksAt(terminal, other)
  },
)

test('a stream that is open to the first is cut, and nothing of it stays on the disk', async () => {
  const terminal = await openTerminal(codeOf(old))
  await worksAt(terminal, old)
  await terminal.known.saved()
  expect(onDisk(old.authority.listSalt)).toBe(true)
  terminal.background.device.enrol(codeOf(other))
  await worksAt(terminal, other)
  await terminal.known.saved()
  expect(onDisk(old.authority.listSalt)).toBe(false)
})

test('made anew at the same address, under another root, it lets in by what the environment offers', async () => {
  await worksAt(await openTerminal(codeOf(old)), old)
  await stop()
  old.server.close()
  const anew = await makeRegion(Number(new URL(old.server.url).port))
  // it has never heard of this terminal, until its code has come
  anew.server.givesNoToken = 'invalid-client'
  const terminal = await openTerminal(codeOf(anew))
  await eventually(() => expect(anew.server.asked.get(api.enrol.path)).toBe(1))
  anew.server.givesNoToken = undefined
  await worksAt(terminal, anew)
})

test('let in anew by the same server, it takes nothing older than it has seen there', async () => {
  const terminal = await openTerminal(codeOf(old))
  await worksAt(terminal, old)
  const { seen } = terminal.known.held()
  await strikeOff(terminal, old)
  old.authority.changeKeys({ version: 1 })
  old.server.revoked = false

  terminal.background.device.enrol(codeOf(old))
  await eventually(() => expect(terminal.warnings()).toContain('rolled-back'))
  expect(terminal.background.knowledge()).toBeUndefined()
  expect(terminal.known.held()).toEqual({ seen })
})

test('the power goes after the code was taken and before anything was dropped: dropped at the next start', async () => {
  const terminal = await openTerminal(codeOf(old))
  await worksAt(terminal, old)
  await stop()
  const before = path.join(folder, 'before')
  fs.cpSync(path.join(folder, 'knowledge'), before, { recursive: true })
  const roots = [old.authority.rootKey, other.authority.rootKey]
  const moved = await openTerminal(codeOf(old), roots)
  moved.background.device.enrol(codeOf(other))
  await worksAt(moved, other)
  await stop()
  fs.rmSync(path.join(folder, 'knowledge'), { recursive: true })
  fs.renameSync(before, path.join(folder, 'knowledge'))

  await worksAt(await openTerminal(codeOf(other), roots), other)
})
