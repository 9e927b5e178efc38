// @ts-check
/** Starts the server, the kiosk or both, and stops all of it when one ends or we are told to. */
import { join } from 'node:path'
import { ensureBuild } from '../setup/build.mjs'
import { identityOf } from '../setup/lock.mjs'
import { prepareKiosk } from '../setup/kiosk.mjs'
import { dataFolder, root } from '../setup/places.mjs'
import { say, Stop } from '../setup/say.mjs'
import { whenTold } from '../setup/told.mjs'
import { hold } from './folder.mjs'
import { freePort } from './free-port.mjs'
import { linkOf } from './link.mjs'
import { lastWords, listening, startPart } from './part.mjs'
import { summary } from './summary.mjs'

/** ms: the server lets requests finish and stops its PostgreSQL; the kiosk has only its queue file to close */
const patience = { server: 30_000, kiosk: 5_000 }

/**
 * @typedef {import('./part.mjs').Part} Part
 * @typedef {import('./link.mjs').Link} Link
 */

/**
 * @param {'all' | 'server' | 'kiosk'} what
 * @returns {Promise<number>} exit code
 */
export async function startParts(what) {
  const data = dataFolder()
  /** @type {(() => unknown)[]} in the order of starting */
  const undo = []
  const told = signal()
  try {
    // neither waits for the other; when one fails, the other is stopped once it has come up
    const [kiosk, server] = await both(
      what === 'server' ? undefined : holdKiosk(data, undo),
      what === 'kiosk' ? undefined : startServer(data, what === 'all', undo),
    )
    const parts = server ? [server.part] : []
    if (kiosk) {
      const link = linkOf(data, server?.url)
      parts.push(startKiosk(data, kiosk, link, undo))
      console.log(summary({ data, url: link.url, display: kiosk.ground.display }))
    }
    const first = await Promise.race([told.stop, ...parts.map(outcome)])
    return first === undefined ? 0 : explain(first)
  } catch (error) {
    // Ctrl-C also reaches what set-up is running; its failing then is no news
    if (told.yet()) return 0
    throw error
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

/**
 * @template A, B
 * @param {Promise<A> | undefined} a
 * @param {Promise<B> | undefined} b
 * @returns {Promise<[A | undefined, B | undefined]>}
 */
async function both(a, b) {
  await Promise.allSettled([a, b])
  return [await a, await b]
}

/** Told to stop, by Ctrl-C or a signal; being told again changes nothing. */
function signal() {
  let yet = false
  /** @type {Promise<undefined>} */
  const stop = new Promise((resolve) => {
    whenTold(() => {
      yet = true
      resolve(undefined)
    })
  })
  return { stop, yet: () => yet }
}

/** @param {Part} part */
const outcome = async (part) => ({ part, code: await part.ended })

/**
 * A part ended by itself. A closed kiosk window is the end of the demo; anything else went wrong.
 * @param {{ part: Part, code: number }} end
 */
function explain({ part, code }) {
  if (code === 0) say(`The ${part.name} ended; stopping the rest.`)
  else say(`The ${part.name} ended unexpectedly (${code}). ${lastWords(part)}`)
  return code === 0 ? 0 : 1
}

/**
 * @param {string} data
 * @param {boolean} demo
 * @param {(() => unknown)[]} undo
 */
async function startServer(data, demo, undo) {
  const held = await hold(data, 'server')
  undo.push(held.release)
  await ensureBuild('pages')
  const env = {
    DOPUSK_DATA: data,
    PORT: process.env.PORT || String(await freePort()),
    ...(demo && { DOPUSK_DEMO: '1' }),
  }
  const part = startPart({
    name: 'server',
    file: process.execPath,
    args: [join(root, 'server', 'main.ts')],
    env: { ...process.env, ...env },
    cwd: root,
    // alone, its log is what the command is run for
    ...(demo && { log: join(data, 'server.log') }),
  })
  undo.push(() => part.stop(patience.server))
  held.note({ children: [part.identity] })
  if (!demo) return { part, url: undefined }
  const url = await listening(part)
  if (!url) throw new Stop(`The server does not start. ${lastWords(part)}`)
  return { part, url }
}

/**
 * @param {string} data
 * @param {(() => unknown)[]} undo
 */
async function holdKiosk(data, undo) {
  const held = await hold(data, 'kiosk')
  undo.push(held.release)
  const ground = await prepareKiosk({ tests: false })
  undo.push(ground.stop)
  return { held, ground }
}

/**
 * @param {string} data
 * @param {Awaited<ReturnType<typeof holdKiosk>>} kiosk
 * @param {Link} link
 * @param {(() => unknown)[]} undo
 */
function startKiosk(data, { held, ground }, { url, enrolment, rootKeys, demo }, undo) {
  const env = {
    ...ground.env,
    ...(url && { DOPUSK_SERVER: url }),
    ...(enrolment && { DOPUSK_ENROL: enrolment }),
    ...(rootKeys && { DOPUSK_ROOT_KEYS: rootKeys }),
    DOPUSK_DATA: join(data, 'kiosk'),
    ...(demo && { DOPUSK_DEMO: '1' }),
  }
  const part = startPart({
    name: 'kiosk',
    file: ground.electron,
    args: [...ground.args, root],
    env: { ...process.env, ...env },
    cwd: root,
    log: join(data, 'kiosk.log'),
  })
  undo.push(() => part.stop(patience.kiosk))
  const screen = ground.screen ? [identityOf(ground.screen)] : []
  held.note({ children: [part.identity, ...screen], env: ground.env })
  return part
}
