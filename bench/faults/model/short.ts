/**
 * Short stories told in one process: the kiosk's own deciding, syncing, clock and uploading on a disk, a network and a time
 * that are models. Days pass in a moment, and thousands of stories in a minute. What must hold is looked at after each scan
 * and at the end.
 */
import { mock } from 'node:test'
import { makeAuthority, newHandle } from '../../../app/main/testing/authority.ts'
import { randomFrom, type Random } from '../story.ts'
import {
  checkKnowledge,
  checkNewest,
  checkRecords,
  DAY_MS,
  HOUR_MS,
  scan,
  type Complaint,
  type Tale,
} from './checks.ts'
import { cutPower, emptyDisk } from './disk.ts'
import { modelKiosk, type ModelKiosk, type Plant } from './kiosk.ts'
import { modelServer, type Lie, type ModelWeather } from './server.ts'

const BEGIN = Date.parse('2026-11-22T07:00:00Z')

export interface ShortFindings {
  readonly failed: number
  readonly complaints: readonly string[]
  readonly lost: number
  readonly doubled: number
  readonly opened_unrecorded: number
  readonly wrong: number
  readonly scans: number
}

export interface ShortOptions {
  readonly runs: number
  readonly seed: number
  readonly first?: number
  readonly plant?: Plant
  /** enough is known after the first story that fails */
  readonly untilFound?: boolean
}

export async function tellShortStories(options: ShortOptions): Promise<ShortFindings> {
  const { runs, seed, first = 0, plant = {}, untilFound = false } = options
  const counts = { lost: 0, doubled: 0, opened_unrecorded: 0, wrong: 0, scans: 0 }
  const complaints: string[] = []
  let failed = 0
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    for (let run = first; run < first + runs; run++) {
      const tale = await tell(randomFrom(seed * 1_000_003 + run), plant)
      counts.scans += tale.scans
      for (const [kind, text] of tale.complaints) {
        counts[kind]++
        complaints.push(`run ${run} of seed ${seed}: ${text}`)
      }
      if (tale.complaints.length === 0) continue
      failed++
      if (untilFound) break
    }
  } finally {
    mock.timers.reset()
  }
  return { failed, complaints, ...counts }
}

/** Lets what was promised come true; none of it waits for a clock. */
const settle = async (): Promise<void> => {
  for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve))
}

async function tell(
  random: Random,
  plant: Plant,
): Promise<{ readonly complaints: readonly Complaint[]; readonly scans: number }> {
  const authority = makeAuthority(new Date(BEGIN))
  const listed = new Set<string>()
  const server = modelServer({ authority, listed, random })
  const disk = emptyDisk()
  const start = (): ModelKiosk =>
    modelKiosk({
      disk,
      server,
      rootKey: authority.rootKey,
      read: () => ({ wall: tale.now + tale.off, mono: tale.mono }),
      trueTime: () => tale.now,
      plant,
    })
  const tale: Tale = {
    authority,
    server,
    disk,
    complaints: [],
    shown: [],
    now: BEGIN,
    off: 0,
    mono: 0,
    highest: 0,
    highestList: 0,
    scans: 0,
    get kiosk() {
      return kiosk
    },
    set kiosk(next) {
      kiosk = next
    },
  }
  let kiosk = start()
  await kiosk.sync()
  const handles = Array.from({ length: 6 }, newHandle)
  const upTo = (n: number): number => Math.floor(random() * n)
  const one = <T>(of: readonly T[], otherwise: T): T => of[upTo(of.length)] ?? otherwise
  const pass = async (ms: number): Promise<void> => {
    tale.now += ms
    tale.mono += ms
    authority.now = new Date(tale.now)
    // As the server does: signed anew when half of its time is over.
    if (tale.now - Date.parse(authority.keySet().issuedAt) > 15 * DAY_MS) authority.changeKeys({})
    kiosk.look()
    mock.timers.tick(Math.min(ms, HOUR_MS))
    await settle()
  }
  const restart = (): void => {
    kiosk.stop()
    kiosk = start()
    // A kiosk that starts does not know yet that the network is away.
    kiosk.wakeUploads()
  }
  const learn = async (): Promise<void> => {
    await kiosk.sync()
    checkKnowledge(tale)
  }
  /** Learns from a network that lies, and then from one that does not. */
  const lied = async (): Promise<void> => {
    server.lie = one<Lie>(['replay', 'replay', 'forge', 'cut-short', 'other-bytes'], 'replay')
    await learn()
    server.lie = 'none'
  }
  const changeList = (): void => {
    const handle = one(handles, '')
    if (listed.delete(handle)) authority.correct(handle)
    else {
      listed.add(handle)
      authority.list(handle)
    }
  }
  const revoke = (): void => {
    authority.changeKeys({ keys: authority.keySet().keys.map((key) => ({ ...key, revoked: true })) })
  }
  const steps: (() => Promise<void> | void)[] = [
    ...Array.from({ length: 6 }, () => () => scan(tale, one(handles, ''))),
    () => void (server.weather = one<ModelWeather>(['fair', 'cut', 'replies-lost', 'flaky'], 'fair')),
    () => void (server.lie = one<Lie>(['none', 'replay', 'forge', 'cut-short', 'other-bytes'], 'none')),
    learn,
    learn,
    lied,
    lied,
    async () => {
      changeList()
      await learn()
      // What lay on the disk is what it was.
      restart()
      await lied()
    },
    async () => {
      revoke()
      await learn()
      await lied()
    },
    () => {
      // The clock is set while the kiosk is off.
      kiosk.stop()
      tale.off = one([-DAY_MS, 0, DAY_MS], 0)
      restart()
    },
    () => pass(one([1000, 60_000, 10 * 60_000, 2 * HOUR_MS, 25 * HOUR_MS, 80 * HOUR_MS], 1000)),
    () => pass(1000 + upTo(20_000)),
    restart,
    () => {
      cutPower(disk)
      restart()
    },
    async () => {
      // In the middle of a scan.
      const scanning = scan(tale, one(handles, ''), true)
      for (let n = upTo(4); n > 0; n--) await Promise.resolve()
      cutPower(disk)
      await scanning
      restart()
    },
    () => {
      tale.off = one([-DAY_MS, 0, DAY_MS], 0)
      kiosk.look()
    },
    () => void (disk.full = random() < 0.5),
    changeList,
    () => {
      if (random() < 0.3) revoke()
    },
  ]
  for (let n = 6 + upTo(12); n > 0; n--) await one<() => Promise<void> | void>(steps, restart)()

  // All heals, the network last.
  server.lie = 'none'
  tale.off = 0
  disk.full = false
  server.weather = 'flaky'
  kiosk.wakeUploads()
  for (let turn = 0; turn < 4 && disk.written.length > 0; turn++) {
    kiosk.linkIs(true)
    await pass(300_000)
  }
  server.weather = 'fair'
  await learn()
  checkNewest(tale)
  kiosk.wakeUploads()
  for (let turn = 0; turn < 40 && disk.written.length > 0; turn++) {
    kiosk.linkIs(true)
    await pass(300_000)
  }
  kiosk.stop()
  checkRecords(tale)
  return { complaints: tale.complaints, scans: tale.shown.length }
}
