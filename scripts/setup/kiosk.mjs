// @ts-check
/** All that a kiosk window needs on this machine: Electron, its libraries, the bundles, a screen. */
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { chromium } from './chromium.mjs'
import { hasDisplay, startDisplay } from './display.mjs'
import { ensureElectron } from './electron.mjs'
import { lives, read } from './lock.mjs'
import { dataFolder } from './places.mjs'
import { sandbox } from './sandbox.mjs'
import { ensureSystem } from './system.mjs'

/**
 * @typedef {object} KioskGround
 * @property {string} electron its program
 * @property {string[]} args Electron's switches on this machine
 * @property {Record<string, string>} env to be added to the environment
 * @property {string | undefined} display of our own, where one was started
 * @property {number | undefined} screen process id of that display
 * @property {() => void} stop
 */

/**
 * @param {{ tests: boolean, built?: boolean }} options `tests`: with the tests' tools, and never on a person's own
 *   screen, where keys sent by a test would land in somebody's letter; `built: false` leaves the bundles alone
 * @returns {Promise<KioskGround>}
 */
export async function prepareKiosk({ tests, built = true }) {
  const electron = await ensureElectron()
  const own = process.platform === 'linux' && (tests || !hasDisplay())
  await ensureSystem({ electron, screen: own, tests })
  const { args, env } = sandbox(electron)
  if (built) await ensureBuild('kiosk')
  const browser = tests ? await chromium() : undefined
  const display = own ? await startDisplay() : undefined
  return {
    electron,
    args,
    env: { ...env, ...display?.env, ...(browser && { CHROMIUM: browser }) },
    display: display?.env.DISPLAY,
    screen: display?.pid,
    stop: () => display?.stop(),
  }
}

/**
 * Where the running kiosk of our data folder shows itself, for who wants to send it something.
 * @returns {Record<string, string>}
 */
export function runningDisplay() {
  const running = read(join(dataFolder(), 'kiosk.lock'))
  const env = running && lives(running) ? running.env : undefined
  return env && typeof env === 'object' ? Object.fromEntries(Object.entries(env).map(([k, v]) => [k, String(v)])) : {}
}
