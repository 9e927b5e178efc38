// @ts-check
/** One process at a time, by a file that names its holder. A holder that died does not hold. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Who a process is. A process id alone is used again, soon so in containers; with its start time it is not.
 * @typedef {{ pid: number, started: string }} Identity
 */

/**
 * @param {number} pid
 * @returns {Identity}
 */
export const identityOf = (pid) => ({ pid, started: startOf(pid) })

/**
 * @param {Identity} identity
 */
export function lives({ pid, started }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives and is another user's
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false
  }
  return startOf(pid) === started
}

/**
 * Field 22 of /proc/PID/stat: clock ticks from boot to the process's start. Empty where there is no /proc.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

/**
 * Takes the lock, or says who has it.
 * @param {string} file
 * @returns {{ kind: 'taken', left: unknown } | { kind: 'held', by: Identity }} `left`: what a dead holder wrote last
 */
export function take(file) {
  const mine = `${file}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true })
  write(mine, identityOf(process.pid))
  /** @type {unknown} */
  let left
  try {
    for (;;) {
      try {
        // unlike a write, a link appears whole, and only where nothing is
        linkSync(mine, file)
        return { kind: 'taken', left }
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
      }
      const holder = read(file)
      if (holder && lives(holder)) return { kind: 'held', by: holder }
      left = holder ?? left
      putAside(file, holder)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/**
 * Removes a dead holder's file, and only that: another process may have done so and taken the lock in between.
 * @param {string} file
 * @param {Identity | undefined} dead
 */
function putAside(file, dead) {
  const aside = `${file}.${process.pid}.dead`
  try {
    renameSync(file, aside)
    const moved = read(aside)
    if (moved && (moved.pid !== dead?.pid || moved.started !== dead.started) && lives(moved)) linkSync(aside, file)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * What a lock's file says now; more than the identity when its holder wrote more.
 * @param {string} file
 * @returns {(Identity & Record<string, unknown>) | undefined}
 */
export function read(file) {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value?.pid === 'number' && typeof value.started === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Replaces a file whole.
 * @param {string} file
 * @param {unknown} value
 */
export function write(file, value) {
  writeFileSync(`${file}.new`, JSON.stringify(value, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** @param {string} file */
export const release = (file) => rmSync(file, { force: true })

/**
 * Does the work while nobody else does; waits for whoever is at it.
 * @template T
 * @param {string} file
 * @param {() => void} onWait told once, when there is somebody to wait for
 * @param {() => Promise<T>} work
 */
export async function alone(file, onWait, work) {
  for (let waits = 0; take(file).kind === 'held'; waits++) {
    if (waits === 0) onWait()
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  try {
    return await work()
  } finally {
    release(file)
  }
}
