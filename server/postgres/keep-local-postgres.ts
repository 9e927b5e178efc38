import { join } from 'node:path'
import type { Logger } from 'pino'
import { localPostgres } from './local-postgres.ts'
import { readPid } from './postmaster.ts'

const LOOK_MS = 500

/**
 * Starts the private PostgreSQL of `folder` again when its postmaster has died; on the same port, so that connections
 * find it by themselves. Stop this before stopping PostgreSQL.
 */
export function keepLocalPostgres(folder: string, log: Logger): { stop(): Promise<void> } {
  let starting: Promise<void> | undefined
  const look = (): void => {
    if (starting || lives(join(folder, 'pg'))) return
    log.warn('PostgreSQL is gone and is started again')
    starting = localPostgres(folder)
      .then(
        () => log.info('PostgreSQL is back'),
        (error: unknown) =>
          log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'PostgreSQL does not start'),
      )
      .finally(() => {
        starting = undefined
      })
  }
  const timer = setInterval(look, LOOK_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await starting
    },
  }
}

/** Whether the process named in `postmaster.pid` runs. Signal 0 is not sent, only asked about. */
function lives(data: string): boolean {
  const pid = readPid(data)?.pid
  if (pid === undefined) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
