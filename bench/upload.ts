/**
 * Batches of sealed events over HTTP beside bare inserts of 64 rows, in interleaved rounds. And the same upload with
 * events that need not be opened: what sealing costs the server is the difference.
 */
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { z } from 'zod'
import { EventVerdicts } from '../contract/kiosk/admission.ts'
import { workingDevice } from '../server/testing/devices.ts'
import { ensureKeySet, newestKeySet } from '../server/keys/key-set.ts'
import { addAccessPoint, addVenue } from '../server/venues/venues.store.ts'
import { newHandle, newSigningKey, signPass } from '../server/passes/pass-signing.io.ts'
import { makePartitions } from '../server/visits/partitions.store.ts'
import { numberOption, percentile, report } from './report.ts'
import { cpuTime } from './server/cpu.ts'
import { inserter } from './server/inserts.ts'
import { ground, type Ground, type Part } from './server-process.ts'
import { makeBatches, type BatchPlan } from './upload/batches.ts'
import { inserts64 } from './upload/inserts64.ts'

const PASSES = 2000

interface Door {
  readonly token: string
  readonly plan: Omit<BatchPlan, 'batches' | 'sealKey'>
  readonly sealKey: NonNullable<BatchPlan['sealKey']>
}

async function makeDoor({ db, keys }: Ground, events: number): Promise<Door> {
  await makePartitions(db.pool, Date.now())
  const venue = await addVenue(db.sql, 'BENCH', 'Bench')
  const { id: accessPoint } = await addAccessPoint(db.sql, venue, 'In', 'entry')
  const { token } = await workingDevice(db.sql, keys, accessPoint)
  const key = await newSigningKey(db.sql, keys, 'static')
  await ensureKeySet(db.sql, keys)
  const keySet = await newestKeySet(db.sql)
  const sealKey = keySet?.keySet.serverKeys.findLast(({ use }) => use === 'seal')
  if (!sealKey) throw new Error('there is no seal key')
  const expiresAt = Math.floor(Date.now() / 1000) + 30 * 86_400
  const passes = Array.from({ length: PASSES }, () => signPass(key, { handle: newHandle(randomBytes), expiresAt }))
  return { token, plan: { accessPoint, passes, events }, sealKey }
}

/** @returns rows a second */
async function upload(url: string, token: string, bodies: readonly string[], connections: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const started = performance.now()
  const waiting = [...bodies]
  let rows = 0
  const lane = async (): Promise<void> => {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      const { verdicts } = EventVerdicts.parse(JSON.parse(await post(`${url}/v1/events`, token, body, agent)))
      if (verdicts.some(({ verdict }) => verdict !== 'stored')) throw new Error('an event was not stored')
      rows += verdicts.length
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
  agent.destroy()
  return (rows / (performance.now() - started)) * 1000
}

function post(url: string, token: string, body: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`an upload was answered with ${answer.statusCode ?? 0}: ${text}`))
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

interface Result {
  readonly sealed: number
  readonly open: number
  readonly inserts: number
  /** microseconds of the server's processor an event, opening included */
  readonly cpu: number
}

/** `--rounds N --batches B --events E --connections C` */
export async function uploadBench(args: readonly string[]): Promise<void> {
  const rounds = numberOption(args, 'rounds', 5)
  const batches = numberOption(args, 'batches', 60)
  const events = z
    .int()
    .max(200)
    .parse(numberOption(args, 'events', 200))
  const connections = numberOption(args, 'connections', 8)
  const place = await ground()
  try {
    const { token, plan, sealKey } = await makeDoor(place, events)
    const sealing = await place.start('server/main.ts')
    const open = await place.start('bench/upload/server.ts')
    const cpuOf = ({ child }: Part) => cpuTime(child.pid ?? 0)
    const results: Result[] = []
    for (let round = 0; round <= rounds; round++) {
      const sealedBodies = await makeBatches({ ...plan, batches, sealKey })
      const openBodies = await makeBatches({ ...plan, batches })
      const before = cpuOf(sealing)
      const rate = await upload(sealing.url, token, sealedBodies, connections)
      const result = {
        sealed: rate,
        cpu: (cpuOf(sealing) - before) / (batches * events),
        open: await upload(open.url, token, openBodies, connections),
        inserts: await inserts64(place.databaseUrl, place.folder, connections, 3),
      }
      // the first warms up
      if (round > 0) results.push(result)
    }
    const median = (pick: (result: Result) => number): number => percentile(results.map(pick), 50)
    const [sealed, opened, insert64] = [
      median((one) => one.sealed),
      median((one) => one.open),
      median((one) => one.inserts),
    ]
    report('upload', {
      rows_per_s: sealed,
      insert64_rows_per_s: insert64,
      ratio: sealed / insert64,
      open_rows_per_s: opened,
      ratio_open: opened / insert64,
      cpu_node_us: median(({ cpu }) => cpu),
      inserter,
    })
  } finally {
    await place.clear()
  }
}
