/** One story told with real processes; then everything heals, the queues drain, and what was shown must be what is recorded. */
import fs from 'node:fs'
import path from 'node:path'
import { assertNever } from '../../contract/assert-never.ts'
import { leaksIn, queueHolds } from './disk.ts'
import { enrolmentAt } from '../../e2e/enrolment.ts'
import { makeDoor, type Door, type Presentation } from './door.ts'
import { startProxy } from './proxy.ts'
import { randomFrom, tellStory, type Step } from './story.ts'
import { newHandle, type World } from './world.ts'
import { pause } from './pause.ts'

const DRAIN_WITHIN_MS = 120_000
/** A change of the list must be felt at a connected door; on a machine that is busy with kills, in this time. */
const FELT_WITHIN_MS = 15_000

export interface Findings {
  lost: number
  doubled: number
  opened_unrecorded: number
  /** a restricted pass was let in, or another was refused */
  wrong: number
  /** pass texts and handles found in the kiosks' folders and logs */
  leaks: number
  scans: number
  /** milliseconds from a change of the list to the door's answer */
  readonly felt: number[]
}

interface Scene {
  readonly world: World
  readonly doors: readonly Door[]
  readonly presentations: Presentation[]
}

export async function play(
  run: number,
  seed: number,
  world: World,
  folder: string,
  findings: Findings,
): Promise<string[]> {
  const random = randomFrom(seed * 1_000_003 + run)
  const story = tellStory(random)
  const presentations: Presentation[] = []
  const complaints: string[] = []
  const doors = await Promise.all(
    Array.from({ length: story.doors }, async (_, at) => {
      const kioskFolder = path.join(folder, `kiosk-${run}-${at}`)
      const proxy = await startProxy(Number(new URL(world.server().url).port), random)
      return makeDoor({
        folder: kioskFolder,
        proxy,
        random,
        demo: world.server().demo,
        enrolment: (url) => enrolmentAt(world.server(), { url }),
        onOpened: async (presentation) => {
          if (await writtenDown(presentation, kioskFolder, world)) return
          findings.opened_unrecorded++
          complaints.push(`opened before it was written down: scan ${presentations.indexOf(presentation)}`)
        },
      })
    }),
  )
  const scene = { world, doors, presentations }
  await Promise.all(doors.map((door) => door.start()))
  for (const step of story.steps) await act(step, scene, random)
  for (const door of doors) {
    door.proxy.become('fair')
    door.setClock(0)
  }
  for (const door of doors) await drained(door, complaints)
  for (const presentation of presentations) await compare(presentation, world, findings, complaints)
  findings.scans += presentations.length
  if (run % 5 === 0) await changeIsFelt(scene, findings, complaints)
  for (const door of doors) {
    await door.kill()
    door.proxy.close()
    const leaks = leaksIn(door.folder, door.log, presentations)
    findings.leaks += leaks
    if (leaks > 0) complaints.push(`${leaks} passes or handles lie in the open`)
    fs.rmSync(door.folder, { recursive: true, force: true })
  }
  return complaints
}

async function act(step: Step, { world, doors, presentations }: Scene, random: () => number): Promise<void> {
  const door = doors['door' in step ? step.door : 0]
  if (!door) throw new Error('a story of a door that is not there')
  const present = (restricted?: string): Presentation => {
    const handle = restricted ?? newHandle()
    const presentation: Presentation = {
      handle,
      text: world.issue({ handle }),
      restricted: restricted !== undefined,
      opened: false,
    }
    presentations.push(presentation)
    return presentation
  }
  /** In the middle of a scan: it is under way while the clock runs. */
  const inMidScan = async (afterMs: number, end: () => Promise<void>): Promise<void> => {
    const scanned = door.scan(present())
    await pause(afterMs)
    await end()
    await scanned
    await door.start()
  }
  switch (step.kind) {
    case 'scan':
      return door.scan(present(step.restricted ? world.restricted.pop() : undefined))
    case 'weather':
      return door.proxy.become(step.weather)
    case 'pause':
      return pause(step.ms)
    case 'kill-kiosk':
      return inMidScan(step.afterMs, () => door.kill())
    case 'power-cut':
      return inMidScan(step.afterMs, () => door.cutPower())
    case 'clock':
      return door.setClock(step.off)
    case 'disk':
      await door.kill()
      return door.start(step.small)
    case 'change-list':
      // Others' standing: what is told of them must not disturb this story's visitors.
      await world.restrict(newHandle())
      return random() < 0.5 ? world.lift(world.restricted.shift() ?? '') : undefined
    case 'kill-server':
      await pause(step.afterMs)
      return void world.restart('server')
    case 'kill-postgres':
      await pause(step.afterMs)
      return void world.restart('postgres')
    default:
      return assertNever(step)
  }
}

/** In PostgreSQL, or in the kiosk's own queue file. */
async function writtenDown({ handle, text }: Presentation, kioskFolder: string, world: World): Promise<boolean> {
  if (await queueHolds(kioskFolder, text, world.keysFolder)) return true
  return (await rowsOf(handle, world)).length > 0
}

const rowsOf = (handle: string, world: World): Promise<readonly { readonly let_in: boolean }[]> =>
  world.query<{ let_in: boolean }>(
    `select entered_at is not null as let_in from visits where pass_handle = decode($1, 'hex')`,
    [handle],
  )

async function drained(door: Door, complaints: string[]): Promise<void> {
  const end = Date.now() + DRAIN_WITHIN_MS
  for (;;) {
    const { count, dead } = await door.waiting()
    if (count === 0) {
      if (dead > 0) complaints.push(`${dead} dead letters`)
      return
    }
    if (Date.now() > end) return void complaints.push(`${count} events still queued after ${DRAIN_WITHIN_MS / 1000} s`)
    await pause(100)
  }
}

async function compare(
  { handle, result, restricted, unrecorded }: Presentation,
  world: World,
  findings: Findings,
  complaints: string[],
): Promise<void> {
  const rows = await rowsOf(handle, world)
  if (rows.length > 1) {
    findings.doubled++
    complaints.push(`recorded ${rows.length} times`)
  }
  if (result === undefined) return
  if (result === (restricted ? 'granted' : 'denied')) {
    findings.wrong++
    complaints.push(`${restricted ? 'a restricted pass' : 'a good pass'} was ${result}`)
  }
  const [row] = rows
  // It said so at once, and let nobody in; the server may have taken it before its answer was lost.
  if (unrecorded && result !== 'granted') return
  if (!row) {
    findings.lost++
    complaints.push(`${result} on the screen, nothing in PostgreSQL`)
  } else if (row.let_in !== (result === 'granted')) {
    findings.lost++
    complaints.push(`${result} on the screen, ${row.let_in ? 'let in' : 'refused'} in PostgreSQL`)
  }
}

/** Somebody is restricted and recovers while all is well: both are felt at the door. */
async function changeIsFelt({ world, doors: [door] }: Scene, findings: Findings, complaints: string[]): Promise<void> {
  if (!door) return
  const handle = newHandle()
  let expiresAt = Math.floor(Date.now() / 1000) + 86_400
  for (const [change, answer] of [
    ['restrict', 'denied'],
    ['lift', 'granted'],
  ] as const) {
    await world[change](handle)
    const began = Date.now()
    for (;;) {
      // Another text each time: the same one would see its last answer again.
      const presentation: Presentation = {
        handle,
        text: world.issue({ handle, expiresAt: ++expiresAt }),
        restricted: change === 'restrict',
        opened: false,
      }
      await door.scan(presentation)
      if (presentation.result === answer) break
      if (Date.now() - began > FELT_WITHIN_MS) {
        complaints.push(`${change} was not felt in ${FELT_WITHIN_MS / 1000} s: ${presentation.result ?? 'nothing'}`)
        return
      }
      await pause(20)
    }
    findings.felt.push(Date.now() - began)
  }
}
