/** A private PostgreSQL in one folder, for those who bring none of their own (DATABASE_URL). Listens on 127.0.0.1 only. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withFolderLock } from './folder-lock.ts'
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts'
import { postmasterIn, readPid, removeStalePid } from './postmaster.ts'

export interface LocalPostgres {
  /** of the database `postgres`, as its owner */
  readonly url: string
  /** it was running already: left behind by a process that was killed */
  readonly adopted: boolean
  /** Ends it cleanly, also when it was adopted. */
  stop(): Promise<void>
}

/** On top of PostgreSQL's own; fsync, synchronous_commit and full_page_writes stay on, as they are by default. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  random_page_cost: '1.1',
  max_connections: '200',
  jit: 'off',
  // a log that holds no rows and no statements: both hold people's data
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** ms: an initdb on a slow disk, or the recovery of a killed server under full load */
const startPatience = 120_000
/** ms: for the processes of a killed postmaster to go */
const retryPatience = 15_000
const logLimit = 10 * 1024 * 1024

/**
 * Starts PostgreSQL in `folder` (made when missing, first time with initdb) or adopts the one that runs there.
 * Several processes may call it at once for one folder: one starts it, the others adopt it.
 * @throws {Error} one sentence that says what to do
 */
export function localPostgres(folder: string): Promise<LocalPostgres> {
  const at = resolve(folder)
  return withFolderLock(at, startPatience, async () => {
    const programs = postgresPrograms(at)
    const data = join(at, 'pg')
    if (!existsSync(data)) await makeCluster(at, data, programs)
    const password = readPassword(at)
    const urlOf = (port: number): string => `postgres://app:${password}@127.0.0.1:${port}/postgres`
    const stop = (): Promise<void> => stopCluster(data, programs)
    const running = await postmasterIn(data, urlOf)
    if (running) return { url: urlOf(running.port), adopted: true, stop }
    return { url: urlOf(await startCluster(at, data, programs)), adopted: false, stop }
  })
}

/** Made under another name and renamed when it is whole: a half-made cluster is never taken for one. */
async function makeCluster(folder: string, data: string, programs: PostgresPrograms): Promise<void> {
  const unfinished = `${data}.new`
  const passwordFile = join(folder, 'pg-password')
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  writePassword(passwordFile, folder)
  const options = ['-U', 'app', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--no-locale', '-k']
  await programs.run('initdb', ['-D', unfinished, ...options]).catch((error: unknown) => {
    throw new Error(`PostgreSQL could not make its files in ${folder}: is the disk full or read-only?`, {
      cause: error,
    })
  })
  renameSync(unfinished, data)
  syncFolder(folder)
}

/** @returns the port it listens on */
async function startCluster(folder: string, data: string, programs: PostgresPrograms): Promise<number> {
  const log = join(folder, 'pg.log')
  if (existsSync(log) && statSync(log).size > logLimit) renameSync(log, `${log}.1`)
  // after a crash on the same port again: whoever is connected finds it there
  const usual = readPid(data)?.port ?? 0
  const until = performance.now() + retryPatience
  for (;;) {
    removeStalePid(data)
    const port = await freePort(usual).catch(() => freePort(0))
    const options = Object.entries({ port, ...settings }).map(([name, value]) => `-c ${name}=${value}`)
    try {
      await programs.run('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', log, '-o', options.join(' '), 'start'])
      return port
    } catch (error) {
      // the process of a killed postmaster lingers for a moment; a port may be taken before we take it
      if (performance.now() > until) throw new Error(`PostgreSQL does not start: see ${log}.`, { cause: error })
      await sleep(250)
    }
  }
}

async function stopCluster(data: string, programs: PostgresPrograms): Promise<void> {
  if (!existsSync(join(data, 'postmaster.pid'))) return
  const stop = (mode: string): Promise<void> =>
    programs.run('pg_ctl', ['-D', data, '-m', mode, '-w', '-t', '20', 'stop'])
  // immediate is a crash on purpose: nothing acknowledged is lost, the next start replays the log
  await stop('fast').catch(() => stop('immediate'))
}

/** @param wanted 0: any. @throws where the wanted one is taken */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function readPassword(folder: string): string {
  const file = join(folder, 'pg-password')
  if (!existsSync(file)) throw new Error(`${file} is missing, and without it nobody can enter the database beside it.`)
  return readFileSync(file, 'utf8').trim()
}

/** On the disk before the cluster that needs it; readable for the folder's owner only. */
function writePassword(path: string, folder: string): void {
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, randomBytes(24).toString('base64url'))
  const owner = statSync(folder)
  if (process.getuid?.() === 0) fchownSync(file, owner.uid, owner.gid)
  fsyncSync(file)
  closeSync(file)
}

/** A rename is on the disk when its folder is. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
