// @ts-check
/** Who runs on a data folder: one server and one kiosk at most. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf, lives, release, take, write } from '../setup/lock.mjs'
import { say, Stop } from '../setup/say.mjs'
import { endLeftover } from './part.mjs'

/** @typedef {{ note: (facts: Record<string, unknown>) => void, release: () => void }} Hold */

/**
 * Takes the folder for a part, or says that it is taken. Ends what a killed start left running on it.
 * @param {string} data
 * @param {'server' | 'kiosk'} part
 * @returns {Promise<Hold>}
 */
export async function hold(data, part) {
  mkdirSync(data, { recursive: true })
  const file = join(data, `${part}.lock`)
  const taken = take(file)
  if (taken.kind === 'held') {
    throw new Stop(
      `A ${part} runs on ${data} already (process ${taken.by.pid}): stop that one, or give this one another folder with DOPUSK_DATA.`,
    )
  }
  const left = leftovers(taken.left).filter(lives)
  if (left.length > 0) say(`An earlier start was killed; ending the ${part} it left running …`)
  for (const identity of left) await endLeftover(identity)
  const note = (/** @type {Record<string, unknown>} */ facts) => write(file, { ...identityOf(process.pid), ...facts })
  return { note, release: () => release(file) }
}

/**
 * @param {unknown} left what the dead holder wrote
 * @returns {import('../setup/lock.mjs').Identity[]}
 */
function leftovers(left) {
  const children = /** @type {{ children?: unknown } | undefined} */ (left)?.children
  return Array.isArray(children)
    ? children.filter(({ pid, started }) => typeof pid === 'number' && pid > 1 && typeof started === 'string')
    : []
}
