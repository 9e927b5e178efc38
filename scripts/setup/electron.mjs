// @ts-check
/** The Electron that runs here: the official one where it can be had, else a test runtime that npm carries. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { officialElectron } from './electron-official.mjs'
import { testRuntime } from './electron-test-runtime.mjs'
import { alone } from './lock.mjs'
import { root, runtime } from './places.mjs'
import { say } from './say.mjs'

const home = join(root, 'node_modules', 'electron')

/**
 * Makes `require('electron')`, Playwright and electron-vite find an Electron without any environment variable.
 * @returns {Promise<string>} its program
 */
export async function ensureElectron() {
  const waiting = () => say('Another start is fetching Electron; waiting for it.')
  return program() ?? alone(join(runtime, 'electron.lock'), waiting, fetchElectron)
}

async function fetchElectron() {
  const there = program()
  if (there) return there
  if (!(await officialElectron(home))) link(await testRuntime())
  const made = program()
  if (!made) throw new Error(`Electron was fetched and is not to be found under ${home}`)
  return made
}

/** `path.txt` is written last, by Electron's own installer as by us. */
function program() {
  try {
    const file = join(home, 'dist', readFileSync(join(home, 'path.txt'), 'utf8').trim())
    return existsSync(file) && existsSync(join(home, 'dist', 'version')) ? file : undefined
  } catch {
    return undefined
  }
}

/** @param {string} dist */
function link(dist) {
  const at = join(home, 'dist')
  const fresh = `${at}.${process.pid}`
  mkdirSync(dirname(fresh), { recursive: true })
  symlinkSync(relative(home, dist), fresh)
  rmSync(at, { recursive: true, force: true })
  renameSync(fresh, at)
  writeFileSync(join(home, 'path.txt'), 'electron')
}
