import type pg from 'pg'
import type { Logger } from 'pino'
import type { KeySet } from './contract/keys.ts'
import { changeFeed, type Replica } from './db/change-feed.ts'
import type { GroupCommit } from './db/group-commit.ts'
import type { Database } from './db/pool.ts'
import { keepPublished } from './deny-list/jobs.ts'
import type { Restrictions } from './deny-list/restriction.ts'
import { denyList, listSalt, loadRestrictions, publishDenyList, type DenyList } from './deny-list/store.ts'
import type { Devices } from './devices/device.ts'
import { loadDevices } from './devices/store.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import { errorForLog } from './http/problem.ts'
import type { Venues } from './venues/venue.ts'
import { loadVenues } from './venues/store.ts'
import { passCache, type CheckPass } from './visitors/pass-cache.ts'
import { loadKeySet, verifyEd25519 } from './visitors/store.ts'
import { freshVisitRecorder, visitRecorder } from './visits/store.ts'
import type { Visit } from './visits/visit.ts'

/** All that the handlers stand on. */
export interface Parts {
  readonly log: Logger
  readonly clock: () => Date
  readonly pool: pg.Pool
  readonly metrics: Metrics
  readonly venues: Replica<Venues>
  readonly devices: Replica<Devices>
  readonly keySet: Replica<KeySet>
  readonly restrictions: Replica<Restrictions>
  readonly newestList: Replica<DenyList>
  readonly listSalt: string
  readonly checkPass: CheckPass
  readonly recorder: GroupCommit<Visit, Visit>
  readonly eventRecorder: GroupCommit<Visit, 'written' | 'there before'>
  /** @throws where a scan could not be answered */
  readonly ready: () => Promise<void>
}

/** Passes remembered as checked, in each of two generations; about 1 KB each. */
const REMEMBERED_PASSES = 50_000

/**
 * Flushes of admissions in flight at once. Measured on two cores, 64 connections: 1 lane 14,200/s and p99 10.6 ms,
 * 2 lanes 12,000/s and 12.0 ms, 3 lanes 12,500/s and 32 ms: larger batches are worth more than overlapping ones.
 */
const ADMISSION_LANES = 1
/** Connections of group commit: the admissions' and one for uploads. */
export const WRITERS = ADMISSION_LANES + 1

/** On a migrated database. `stop` waits for what is being written. */
export async function openParts(
  db: Database,
  log: Logger,
  clock: () => Date,
): Promise<{ readonly parts: Parts; stop(): Promise<void> }> {
  const metrics = createMetrics()
  const salt = await listSalt(db.sql)
  const newest = await publishDenyList(db.pool, salt)
  const feed = changeFeed(db, log)
  const restrictions = await feed.follow<Restrictions>(
    'restrictions',
    (previous) => loadRestrictions(db.sql, previous),
    () => publishing.changed(),
  )
  const publishing = keepPublished(
    () => restrictions.current,
    () => publishDenyList(db.pool, salt),
    (thrown) => log.warn({ error: errorForLog(thrown) }, 'the deny list could not be published'),
  )
  const recorder = visitRecorder(db.writers, {
    lanes: ADMISSION_LANES,
    largest: 128,
    onFlush: (rows) => metrics.batchSize.labels('admission').observe(rows),
  })
  const eventRecorder = freshVisitRecorder(db.writers, {
    lanes: 1,
    largest: 512,
    onFlush: (rows) => metrics.batchSize.labels('event').observe(rows),
  })
  const parts: Parts = {
    log,
    clock,
    pool: db.pool,
    metrics,
    venues: await feed.follow('venues', () => loadVenues(db.sql)),
    devices: await feed.follow('devices', () => loadDevices(db.sql)),
    keySet: await feed.follow('pass_keys', (previous) => loadKeySet(db.sql, previous)),
    restrictions,
    newestList: await feed.follow('deny_lists', async (previous) => {
      return (await denyList(db.pool, salt.epoch, null)) ?? previous ?? newest
    }),
    listSalt: salt.salt.toString('base64url'),
    checkPass: passCache(verifyEd25519, REMEMBERED_PASSES),
    recorder,
    eventRecorder,
    ready: async () => {
      await db.writers.query('select from visits limit 0')
    },
  }
  return {
    parts,
    stop: async () => {
      publishing.stop()
      await Promise.all([recorder.idle(), eventRecorder.idle(), feed.stop()])
    },
  }
}
