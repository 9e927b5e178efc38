import { databaseAway } from './database-away.ts'

/** Writes all rows in one transaction; resolves after COMMIT with one result a row, in order. */
export type Flush<Row, Result> = (rows: readonly Row[]) => Promise<readonly Result[]>

export interface GroupCommit<Row, Result> {
  /** Resolves once the row is committed. @throws what the flush threw for it */
  add(row: Row): Promise<Result>
  /** Resolves when nothing is waiting or in flight. */
  idle(): Promise<void>
}

interface Waiting<Row, Result> {
  readonly row: Row
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

export interface GroupCommitOptions {
  /** Flushes in flight at once, each on a connection of its own. */
  readonly lanes: number
  /** Rows in a flush at most. */
  readonly largest: number
  readonly onFlush?: (rows: number) => void
}

/**
 * Shares a COMMIT among rows that arrive together. It adds no waiting: with a lane free a row is flushed at once (with
 * the others of the same turn of the event loop); rows that arrive while all lanes are busy make the next batch.
 */
export function groupCommit<Row, Result>(
  flush: Flush<Row, Result>,
  { lanes, largest, onFlush }: GroupCommitOptions,
): GroupCommit<Row, Result> {
  let waiting: Waiting<Row, Result>[] = []
  let busy = 0
  let armed = false
  const idlers: (() => void)[] = []

  const arm = (): void => {
    if (armed || busy >= lanes || waiting.length === 0) return
    armed = true
    setImmediate(start)
  }
  const start = (): void => {
    armed = false
    while (waiting.length > 0 && busy < lanes) {
      const batch = waiting.length <= largest ? waiting : waiting.slice(0, largest)
      waiting = waiting.slice(batch.length)
      busy++
      void settle(batch).then(() => {
        busy--
        arm()
        if (busy === 0 && waiting.length === 0) idlers.splice(0).forEach((done) => done())
      })
    }
  }
  /** Never rejects. A row that the database will not take is found by halving; it does not fail its neighbours. */
  const settle = async (batch: readonly Waiting<Row, Result>[]): Promise<void> => {
    try {
      onFlush?.(batch.length)
      const results = await flush(batch.map(({ row }) => row))
      batch.forEach(({ resolve }, at) => resolve(results[at] as Result))
    } catch (thrown) {
      if (batch.length === 1 || databaseAway(thrown)) batch.forEach(({ reject }) => reject(thrown))
      else {
        const half = batch.length >> 1
        await settle(batch.slice(0, half))
        await settle(batch.slice(half))
      }
    }
  }
  return {
    add: (row) =>
      new Promise((resolve, reject) => {
        waiting.push({ row, resolve, reject })
        arm()
      }),
    idle: () =>
      busy === 0 && waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve)),
  }
}
