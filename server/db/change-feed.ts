import pg from 'pg'
import type { Logger } from 'pino'
import type { Database } from './pool.ts'

/** A part of the database held in memory; `current` is replaced whole, never changed. */
export interface Replica<T> {
  readonly current: T
}

/** Reads a part anew. `previous`: what was held, where reading only the difference is enough. */
export type Load<T> = (previous: T | undefined) => Promise<T>

export interface ChangeFeed {
  /** Loads the part and keeps it as new as the database. `name`: its line in the table `changes`. */
  follow<T>(name: string, load: Load<T>, onChange?: (value: T) => void): Promise<Replica<T>>
  /** Is told of notifications of that name, which may get lost: for what has no version and is looked for by itself. */
  hear(name: string, act: () => void): void
  /** From now on changes are noticed: once everything is followed that `onChange` reaches for. */
  start(): void
  /** Everything that was committed before the call is in force here, or the database is away. */
  caughtUp(): Promise<void>
  /** Milliseconds since the database last confirmed that nothing is missing. */
  age(): number
  stop(): Promise<void>
}

interface Followed {
  readonly name: string
  version: string
  reload(): Promise<void>
}

/**
 * The floor under the notifications, which are lost while disconnected: a change is in force everywhere within 2 s, of
 * which loading may take the rest.
 */
const POLL_MS = 1500

/** Notifications (on a connection of their own: LISTEN is per session) say "look now"; the versions say what to load. */
export function changeFeed(db: Database, log: Logger): ChangeFeed {
  const followed: Followed[] = []
  let lastLook = Date.now()
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false
  const heard = new Map<string | undefined, () => void>()
  let listener: pg.Client | undefined

  const look = async (): Promise<void> => {
    const { rows } = await db.pool.query<{ name: string; version: string }>('select name, version from changes')
    const versions = new Map(rows.map((row) => [row.name, row.version]))
    for (const part of followed) {
      const version = versions.get(part.name) ?? '0'
      if (version === part.version) continue
      await part.reload()
      part.version = version
    }
    lastLook = Date.now()
  }
  /** One look at a time; one that is asked for meanwhile comes after it. */
  const wake = (): void => {
    if (stopped) return
    if (looking) {
      again = true
      return
    }
    looking = look()
      .catch((error: unknown) =>
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'changes could not be read'),
      )
      .finally(() => {
        looking = undefined
        if (again) {
          again = false
          wake()
        }
      })
  }
  const listen = (): void => {
    if (stopped || listener) return
    const client = new pg.Client({
      connectionString: db.url,
      keepAlive: true,
      connectionTimeoutMillis: 2000,
      application_name: 'dopusk-listen',
    })
    listener = client
    const lost = (): void => {
      if (listener !== client) return
      listener = undefined
      client.end().catch(() => undefined)
    }
    const told = ({ payload }: pg.Notification): void => {
      const act = heard.get(payload)
      if (act) act()
      else wake()
    }
    client.on('notification', told).on('error', lost).on('end', lost)
    client
      .connect()
      .then(() => client.query('listen changes'))
      .then(wake, lost)
  }
  let timer: NodeJS.Timeout | undefined

  return {
    start() {
      timer = setInterval(() => {
        wake()
        listen()
      }, POLL_MS)
      listen()
    },
    hear: (name, act) => void heard.set(name, act),
    async follow<T>(name: string, load: Load<T>, onChange?: (value: T) => void): Promise<Replica<T>> {
      const version = await db.pool.query<{ version: string }>('select version from changes where name = $1', [name])
      const replica = { current: await load(undefined) }
      const reload = async (): Promise<void> => {
        replica.current = await load(replica.current)
        onChange?.(replica.current)
      }
      followed.push({ name, version: version.rows[0]?.version ?? '0', reload })
      return replica
    },
    caughtUp: async () => {
      wake()
      // one that began before the call, and the one after it
      while (looking) await looking
    },
    age: () => Date.now() - lastLook,
    async stop() {
      stopped = true
      clearInterval(timer)
      await looking
      await listener?.end().catch(() => undefined)
    },
  }
}
