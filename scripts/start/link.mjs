// @ts-check
/** Where a kiosk belongs. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ url?: string | undefined, enrolment?: string | undefined, rootKeys?: string | undefined, demo: boolean }} Link
 *   `enrolment`: a code that lets it in; `rootKeys`: who may sign its keys; `demo`: of the demo venue, may be sent scans
 */

/**
 * Which server the kiosk is enrolled at: said by the environment, else the demo's; where neither says, the kiosk asks.
 * @param {string} data
 * @param {string | undefined} url of the demo that was just started
 * @returns {Link}
 */
export function linkOf(data, url) {
  const { DOPUSK_SERVER: server, DOPUSK_ENROL: enrolment, DOPUSK_ROOT_KEYS: rootKeys } = process.env
  if (url === undefined && (server || enrolment)) return { url: server, enrolment, rootKeys, demo: false }
  const file = join(data, 'demo', 'demo.json')
  if (!existsSync(file)) return { rootKeys, demo: false }
  const demo = JSON.parse(readFileSync(file, 'utf8'))
  return { url: url ?? demo.url, enrolment: demo.enrolment, rootKeys: rootKeys || demo.rootKey, demo: true }
}
