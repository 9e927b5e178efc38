// @ts-check
/** One started process with a log of its own. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { identityOf, lives } from '../setup/lock.mjs'

const windows = process.platform === 'win32'

/**
 * @typedef {object} Part
 * @property {string} name as people are told
 * @property {string | undefined} log its file, where it has one
 * @property {import('../setup/lock.mjs').Identity} identity
 * @property {Promise<number>} ended exit code; a signal counts as 1
 * @property {(patience: number) => Promise<void>} stop asks it to end; after `patience` milliseconds makes it
 */

/**
 * @param {{ name: string, file: string, args: string[], env: NodeJS.ProcessEnv, cwd: string, log?: string }} options
 *   without `log` it writes where we write
 * @returns {Part}
 */
export function startPart({ name, file, args, env, cwd, log }) {
  if (log && existsSync(log)) renameSync(log, `${log}.1`)
  // a file and no pipe: the part outlives us when we are killed, and must not die of a broken pipe half-way
  const to = log ? openSync(log, 'a', 0o600) : undefined
  // a group of its own: Ctrl-C reaches us alone, and we stop the parts in their order
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', to ?? 'inherit', to ?? 'inherit'], detached: !windows })
  if (to !== undefined) closeSync(to)
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
  const identity = identityOf(child.pid ?? 0)
  const stop = async (/** @type {number} */ patience) => {
    child.kill('SIGTERM')
    const late = setTimeout(() => killGroup(identity.pid), patience)
    await ended
    clearTimeout(late)
    // helpers that outlived it; PostgreSQL is in a session of its own and is not among them
    killGroup(identity.pid)
  }
  return { name, log, identity, ended, stop }
}

/** @param {number} pid 0 when it never ran; to the system 0 would mean our own group */
function killGroup(pid) {
  if (pid < 2) return
  try {
    process.kill(windows ? pid : -pid, 'SIGKILL')
  } catch {
    // nobody is left
  }
}

/**
 * Ends what a killed start left running.
 * @param {import('../setup/lock.mjs').Identity} identity
 */
export async function endLeftover(identity) {
  if (!lives(identity)) return
  process.kill(identity.pid, 'SIGTERM')
  for (let waited = 0; lives(identity) && waited < 30_000; waited += 100) await sleep(100)
  if (lives(identity)) killGroup(identity.pid)
}

/**
 * The address in the server's log line "listening", or nothing when the server ended before.
 * @param {Part} server
 * @returns {Promise<string | undefined>}
 */
export async function listening(server) {
  let running = true
  void server.ended.then(() => (running = false))
  for (;;) {
    const last = !running
    const line = entries(server).find(({ msg, url }) => msg === 'listening' && typeof url === 'string')
    if (line) return String(line.url)
    if (last) return undefined
    await sleep(20)
  }
}

/**
 * Why a part ended: the last error in its log, else the sentence it said last, and where the log is.
 * @param {Part} part
 */
export function lastWords(part) {
  if (!part.log) return ''
  const error = entries(part).findLast(({ level }) => typeof level === 'number' && level >= 50)
  const cause = /** @type {{ message?: unknown } | undefined} */ (error?.err)?.message
  const why = error ? [error.msg, cause].filter(Boolean).join(': ') : sentence(part.log)
  return [why.replace(/[.]$/, ''), `Its log: ${part.log}`].filter(Boolean).join('. ')
}

/**
 * The last line when it is plain words: neither JSON nor Chromium's own complaints.
 * @param {string} log
 */
function sentence(log) {
  const last = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? ''
  return /^[{[]|^ALSA /.test(last) ? '' : last
}

/**
 * The lines of JSON in a part's log.
 * @param {Part} part
 * @returns {Record<string, unknown>[]}
 */
function entries({ log }) {
  if (!log || !existsSync(log)) return []
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const value = line.startsWith('{') ? JSON.parse(line) : undefined
        return value && typeof value === 'object' ? [value] : []
      } catch {
        // a line still being written
        return []
      }
    })
}
