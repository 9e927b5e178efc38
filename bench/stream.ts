/** A restriction is committed; how soon have all kiosks that listen heard of the new list, and what does each cost? */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { addRestriction } from '../server/deny-list/restrictions.store.ts'
import { ensureKeySet } from '../server/keys/key-set.ts'
import { tokenMint } from '../server/testing/devices.ts'
import { addAccessPoint, addVenue } from '../server/venues/venues.store.ts'
import { numberOption, percentile, report } from './report.ts'
import { ground, type Ground } from './server-process.ts'

const Heard = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open') }),
  /** when each client had it: nanoseconds of the machine's monotonic clock, as text */
  z.object({ kind: z.literal('heard'), at: z.array(z.string()) }),
])

/** Changes come further apart than the second that the server leaves between versions. */
const BETWEEN_MS = 1500

async function makeDevices({ db, keys }: Ground, count: number): Promise<string[]> {
  await ensureKeySet(db.sql, keys)
  const venue = await addVenue(db.sql, 'BENCH', 'Bench')
  const { id } = await addAccessPoint(db.sql, venue, 'In', 'entry')
  // nobody signs with these: their tokens are there already
  const kids = Array.from({ length: count }, () => randomBytes(32))
  const { rows } = await db.pool.query<{ id: number; kid: string }>(
    `insert into devices (access_point_id, name, public_key, kid, approved_at)
     select $1, 'Kiosk', key, encode(key, 'hex'), now() from unnest($2::bytea[]) key returning id, kid`,
    [id, kids],
  )
  const mint = await tokenMint(db.sql, keys)
  return Promise.all(rows.map((device) => mint(device)))
}

const residentKib = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1])

/** `--clients N --rounds R` */
export async function stream(args: readonly string[]): Promise<void> {
  const clients = numberOption(args, 'clients', 5000)
  const rounds = numberOption(args, 'rounds', 12)
  const place = await ground()
  try {
    const tokens = await makeDevices(place, clients)
    const { child: serverProcess, url } = await place.start('server/main.ts')
    for (let at = 0; at < 200; at++) await fetch(`${url}/v1/keys`).then((answer) => answer.text())
    await sleep(1000)
    const before = residentKib(serverProcess.pid)
    const listeners = fork(join(import.meta.dirname, 'stream', 'clients.ts'))
    const said = (kind: 'open' | 'heard'): Promise<z.infer<typeof Heard>> =>
      new Promise((resolve) => {
        const take = (message: unknown): void => {
          const heard = Heard.parse(message)
          if (heard.kind !== kind) return
          listeners.off('message', take)
          resolve(heard)
        }
        listeners.on('message', take)
      })
    const opened = said('open')
    listeners.send({ url, tokens })
    await opened
    await sleep(2000)
    const after = residentKib(serverProcess.pid)
    const all: number[] = []
    const last: number[] = []
    for (let round = 0; round < rounds; round++) {
      const heard = said('heard')
      const until = new Date(Date.now() + 3600_000)
      const handle = randomBytes(10).toString('hex')
      await addRestriction(place.db.sql, { handle, kind: 'restricted', from: new Date(), until, reason: 'bench' })
      const committed = process.hrtime.bigint()
      const result = await heard
      const ms = result.kind === 'heard' ? result.at.map((at) => Number(BigInt(at) - committed) / 1e6) : []
      all.push(...ms)
      last.push(Math.max(...ms))
      await sleep(BETWEEN_MS)
    }
    listeners.kill()
    report('stream', {
      clients,
      p50_ms: percentile(all, 50),
      p99_ms: percentile(all, 99),
      last_p50_ms: percentile(last, 50),
      kib_per_client: (after - before) / clients,
      rounds,
    })
  } finally {
    await place.clear()
  }
}
