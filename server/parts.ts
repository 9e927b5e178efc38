import type pg from 'pg'
import type { Provider } from './sign-in/provider.io.ts'
import { loadSecrets, type Secrets } from './accounts/secrets.io.ts'
import { attemptCounts, type Attempts } from './sign-in/attempts.store.ts'
import type { Logger } from 'pino'
import { changeFeed, type Replica } from './db/change-feed.ts'
import type { GroupCommit } from './db/group-commit.ts'
import type { Database, Sql } from './db/pool.ts'
import { keepList } from './deny-list/deny-list.jobs.ts'
import type { DenyList } from './deny-list/list-publishing.store.ts'
import type { Restrictions } from './deny-list/restriction.ts'
import { newestEpoch, type Epoch } from './deny-list/salts.store.ts'
import { loadRestrictions } from './deny-list/restrictions.store.ts'
import { versionStreams } from './versions/stream.handlers.ts'
import type { Device, Devices } from './devices/device.ts'
import { loadDevices } from './devices/devices.store.ts'
import { backgroundWork } from './jobs/background-work.ts'
import { tokenCheck, type DeviceOf } from './devices/tokens.store.ts'
import type { EventStreams } from './http/event-streams.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import { errorForLog } from './http/problem.ts'
import { keyRing, type KeyRing } from './keys/key-ring.ts'
import { ensureTokenKey } from './keys/server-keys.ts'
import { keysInUseNow, passCache, REMEMBERED_PASSES, type CheckPass, type PassKeys } from './keys/pass-cache.ts'
import { createOpener, type Opener } from './keys/opener.ts'
import { NO_MAIL_SERVER, startMail, type MailSettings } from './mail/start-mail.ts'
import { verifyEd25519 } from './keys/verify-ed25519.ts'
import { programVersion } from './program-version.ts'
import { loadRules, type Rules } from './venues/rules.store.ts'
import type { Venues } from './venues/venue.ts'
import { loadVenues } from './venues/venues.store.ts'
import { freshVisitRecorder, visitRecorder } from './visits/visits.store.ts'
import type { Visit } from './visits/visit.ts'

/** All that the handlers stand on. */
export interface Parts extends Pick<KeyRing, 'keySet' | 'serverKeys' | 'configSigner' | 'listSigner' | 'isElsewhere'> {
  readonly log: Logger
  readonly clock: () => Date
  readonly pool: pg.Pool
  /** The same, for queries with checked names and types. */
  readonly sql: Sql
  /** Origin that people open, as it stands in mails and on posters. */
  readonly publicUrl: () => string
  /** folder of files that people sent */
  readonly files: string
  /** how many proxies of ours stand in front */
  readonly proxies: number
  readonly operatorEmail: string | undefined
  /** Where devices may think that this server is: at its address, or at one it had before. */
  readonly origins: () => readonly string[]
  /** Version that kiosks should have. */
  readonly kioskVersion: string
  /** Whose new devices wait for the Operator. */
  readonly approval: 'participants' | 'all' | 'none'
  /** Accounts of the demonstration exist. */
  readonly demo: boolean
  readonly secrets: Secrets
  readonly attempts: Attempts
  /** of OpenID Connect, where one is set */
  readonly provider: Provider | undefined
  /** Goes on after the answer; a failure is logged, and the server does not stop before its end. */
  readonly inBackground: (work: Promise<void>) => void
  readonly metrics: Metrics
  readonly venues: Replica<Venues>
  readonly rules: Replica<Rules>
  readonly devices: Replica<Devices>
  readonly deviceOf: DeviceOf
  readonly passKeys: () => PassKeys
  readonly restrictions: Replica<Restrictions>
  readonly epoch: Replica<Epoch>
  readonly listSalt: () => Epoch
  readonly newestList: Replica<DenyList>
  readonly streams: EventStreams<Pick<Device, 'id'>>
  readonly feedAge: () => number
  /** What was committed before is in force on this server. */
  readonly caughtUp: () => Promise<void>
  readonly checkPass: CheckPass
  readonly openEvents: Opener['open']
  readonly recorder: GroupCommit<Visit, Visit>
  readonly eventRecorder: GroupCommit<Visit, 'written' | 'there before'>
  /** @throws where a scan could not be answered */
  readonly ready: () => Promise<void>
}

/**
 * Flushes of admissions in flight at once. Measured on two cores, 64 connections: 1 lane 14,200/s and p99 10.6 ms,
 * 2 lanes 12,000/s and 12.0 ms, 3 lanes 12,500/s and 32 ms: larger batches are worth more than overlapping ones.
 */
const ADMISSION_LANES = 1
/** Connections of group commit: the admissions' and one for uploads. */
export const WRITERS = ADMISSION_LANES + 1

export interface PartsOptions {
  readonly log: Logger
  readonly clock: () => Date
  /** folder of the private halves of keys */
  readonly keys: string
  readonly publicUrl: () => string
  readonly files: string
  readonly proxies: number
  readonly operatorEmail: string | undefined
  readonly formerUrls?: readonly string[]
  readonly approval?: Parts['approval']
  /** without it this program's own */
  readonly kioskVersion?: string | undefined
  readonly demo: boolean
  readonly mail?: MailSettings
  readonly provider?: Provider | undefined
}

/** On a migrated database. `stop` waits for what is being written. */
export async function openParts(
  db: Database,
  {
    log,
    clock,
    keys,
    files,
    proxies,
    operatorEmail,
    publicUrl,
    formerUrls = [],
    approval = 'participants',
    kioskVersion,
    demo,
    mail = NO_MAIL_SERVER,
    provider,
  }: PartsOptions,
): Promise<{ readonly parts: Parts; endStreams(): void; stop(): Promise<void> }> {
  const metrics = createMetrics()
  const feed = changeFeed(db, log)
  const background = backgroundWork(log)
  const changed = (): void => streams.tell()
  const opener = createOpener((error) => log.error({ error: errorForLog(error) }, 'the thread that opens events died'))
  await ensureTokenKey(db.sql, keys)
  const ring = await keyRing(db.sql, feed, keys, opener, changed)
  const venues = await feed.follow<Venues>('venues', (previous) => loadVenues(db.sql, previous), changed)
  const rules = await feed.follow('rules', () => loadRules(db.sql), changed)
  const devices = await feed.follow('devices', () => loadDevices(db.sql), changed)
  const restrictions = await feed.follow<Restrictions>(
    'restrictions',
    (previous) => loadRestrictions(db.sql, previous),
    () => list.changed(),
  )
  const epoch = await feed.follow(
    'salts',
    () => newestEpoch(db.sql),
    () => {
      list.changed()
      changed()
    },
  )
  const list = await keepList({
    pool: db.pool,
    feed,
    epoch,
    restrictions,
    refresh: (known) => loadRestrictions(db.sql, known),
    onChange: changed,
    onFailure: (thrown) => log.warn({ error: errorForLog(thrown) }, 'the deny list could not be published'),
  })
  const { newestList } = list
  const configuration = { venues, rules, listSalt: () => epoch.current }
  const streams = versionStreams({
    ...configuration,
    keySet: ring.keySet,
    newestList,
    deviceById: (id) => devices.current.byId.get(id),
  })
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
  metrics.gauge('dopusk_streams', 'Kiosks that listen', () => streams.size)
  metrics.gauge('dopusk_deny_list_version', 'Newest deny list', () => newestList.current.version)
  metrics.gauge('dopusk_key_set_seconds_left', 'Until the key set expires', () => {
    const expiresAt = ring.keySet.current?.keySet.expiresAt
    return expiresAt === undefined ? 0 : (Date.parse(expiresAt) - clock().getTime()) / 1000
  })
  const parts: Parts = {
    log,
    clock,
    pool: db.pool,
    sql: db.sql,
    publicUrl,
    files,
    proxies,
    operatorEmail,
    origins: () => [publicUrl(), ...formerUrls],
    approval,
    kioskVersion: kioskVersion ?? programVersion,
    demo,
    secrets: loadSecrets(keys),
    attempts: attemptCounts(db.pool),
    provider,
    inBackground: background.run,
    metrics,
    ...configuration,
    devices,
    deviceOf: tokenCheck({ devices, serverKeys: ring.serverKeys, clock }),
    ...ring,
    passKeys: keysInUseNow(() => ring.passKeys.current, clock),
    restrictions,
    epoch,
    newestList,
    streams,
    feedAge: () => feed.age(),
    caughtUp: () => feed.caughtUp(),
    checkPass: passCache(verifyEd25519, REMEMBERED_PASSES),
    openEvents: (jwes) => opener.open(jwes),
    recorder,
    eventRecorder,
    ready: async () => {
      await db.writers.query('select from visits limit 0')
    },
  }
  const sending = startMail({ db, log, metrics, feed, demo, settings: mail })
  feed.start()
  return {
    parts,
    endStreams: () => streams.stop(),
    stop: async () => {
      list.stop()
      await background.idle()
      await sending.stop()
      await Promise.all([recorder.idle(), eventRecorder.idle(), feed.stop(), opener.stop()])
    },
  }
}
