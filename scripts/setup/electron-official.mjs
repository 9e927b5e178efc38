// @ts-check
/** Electron's own download, by its own installer, for no longer than it gets on. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { write } from './lock.mjs'
import { runtime } from './places.mjs'
import { say } from './say.mjs'

/** ms without one more byte on the disk */
const patience = 60_000
/** ms: a network that was closed is asked again the next day */
const memory = 24 * 3600_000
const refusals = join(runtime, 'electron-refused.json')

/**
 * @param {string} home the installed npm package
 * @returns {Promise<boolean>} whether it is there now
 */
export async function officialElectron(home) {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  if (refusedLately(version)) return false
  say(`Downloading Electron ${version} …`)
  const refused = await download(home)
  if (!refused) return true
  say(`It cannot be downloaded here (${refused}).`)
  mkdirSync(runtime, { recursive: true })
  write(refusals, { version, at: Date.now() })
  return false
}

/** @param {string} version */
function refusedLately(version) {
  try {
    const refusal = JSON.parse(readFileSync(refusals, 'utf8'))
    return refusal.version === version && Math.abs(Date.now() - refusal.at) < memory
  } catch {
    return false
  }
}

/**
 * @param {string} home
 * @returns {Promise<string | undefined>} why not
 */
async function download(home) {
  const temporary = join(runtime, `electron-download.${process.pid}`)
  const dist = join(home, 'dist')
  mkdirSync(temporary, { recursive: true })
  // what a killed installer or a wiped .runtime left behind
  rmSync(dist, { recursive: true, force: true })
  /** @type {NodeJS.Timeout | undefined} */
  let watch
  let stuck = false
  try {
    const { code, output } = await run(process.execPath, [join(home, 'install.js')], {
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: '1' },
      onChild(child) {
        let size = -1
        let since = Date.now()
        watch = setInterval(() => {
          const now = sizeOf(temporary) + sizeOf(dist)
          if (now !== size) [size, since] = [now, Date.now()]
          stuck = Date.now() - since > patience
          if (stuck) child.kill('SIGKILL')
        }, 1000)
      },
    })
    if (code === 0) return undefined
    return stuck ? 'no progress for a minute' : (output.trim().split('\n')[0] ?? 'no answer')
  } finally {
    clearInterval(watch)
    rmSync(temporary, { recursive: true, force: true })
  }
}

/**
 * Bytes under a path; 0 when it is not there.
 * @param {string} path
 * @returns {number}
 */
function sizeOf(path) {
  try {
    if (!lstatSync(path).isDirectory()) return statSync(path).size
    return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
  } catch {
    // moved away while we looked
    return 0
  }
}
