// @ts-check
/** Where a kiosk belongs. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from '../setup/say.mjs'

/** @typedef {{ url: string, token: string, rootKeys: string, demo: boolean }} Link `rootKeys`: who may sign its keys; `demo`: of the demo venue, may be sent scans */

/**
 * Which server the kiosk talks to, and as which device: by the environment, else as the demo's.
 * @param {string} data
 * @param {string | undefined} url
 * @returns {Link}
 */
export function linkOf(data, url) {
  const file = join(data, 'demo', 'demo.json')
  const demo = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const server = url ?? demo.url
  const own = process.env.DOPUSK_DEVICE_TOKEN
  const token = own ?? demo.deviceToken
  const rootKeys = process.env.DOPUSK_ROOT_KEYS ?? demo.rootKey
  if ([server, token, rootKeys].every((part) => typeof part === 'string')) {
    return { url: server, token, rootKeys, demo: own === undefined }
  }
  throw new Stop(
    'The kiosk does not know its server: set DOPUSK_SERVER, DOPUSK_DEVICE_TOKEN and DOPUSK_ROOT_KEYS, or start everything with npm start.',
  )
}
