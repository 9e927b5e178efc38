// @ts-check
/** A screen of our own, where there is none or none may be touched. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { find } from './command.mjs'
import { runtime } from './places.mjs'
import { Stop } from './say.mjs'

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

/**
 * Starts Xvfb on a free display. Only who can read the cookie can see the screen or type on it.
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, stop: () => void, pid: number }>}
 */
export async function startDisplay() {
  mkdirSync(runtime, { recursive: true })
  const cookie = join(runtime, `xauthority.${process.pid}`)
  writeFileSync(cookie, xauthority(randomBytes(16)), { mode: 0o600 })
  const args = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset', '-auth', cookie]
  // in a group of its own: Ctrl-C must not take the screen away from those who are still closing their windows
  const child = spawn(find('Xvfb') ?? 'Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true })
  const stop = () => {
    child.kill('SIGTERM')
    rmSync(cookie, { force: true })
  }
  try {
    const number = await displayNumber(child)
    child.unref()
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: cookie }, stop, pid: child.pid ?? 0 }
  } catch (error) {
    stop()
    throw error
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function displayNumber(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    let number = ''
    const fail = () => reject(new Stop(`The virtual screen (Xvfb) does not start: ${lastLine(said)}`))
    const late = setTimeout(fail, 20_000)
    child.on('error', fail)
    child.on('exit', fail)
    child.stderr?.on('data', (chunk) => (said = (said + chunk).slice(-2000)))
    child.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      number += chunk.toString()
      if (!number.includes('\n')) return
      clearTimeout(late)
      resolve(number.trim())
    })
  })
}

/** @param {string} text */
const lastLine = (text) => text.trim().split('\n').at(-1) || 'it said nothing'

/**
 * An X authority file of one entry that holds for every display (family 0xFFFF, no address, no number):
 * the number is not known before Xvfb runs.
 * @param {Buffer} cookie 16 bytes
 */
export function xauthority(cookie) {
  const field = (/** @type {Buffer} */ bytes) =>
    Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    field(Buffer.alloc(0)),
    field(Buffer.alloc(0)),
    field(Buffer.from('MIT-MAGIC-COOKIE-1')),
    field(cookie),
  ])
}
