// @ts-check
/** node_modules as package-lock.json says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { find, run, tail } from './command.mjs'
import { alone } from './lock.mjs'
import { root, runtime } from './places.mjs'
import { say, Stop } from './say.mjs'

/** @typedef {{ version?: string, link?: boolean, optional?: boolean, dev?: boolean, devOptional?: boolean }} Package */

/** Installs when something is missing or of another version. No package's install script runs. */
export async function ensureDependencies() {
  if (installed()) return
  const waiting = () => say('Another start is installing packages; waiting for it.')
  await alone(join(runtime, 'install.lock'), waiting, async () => {
    if (installed()) return
    say('Installing npm packages (once, about half a minute) …')
    const { code, output } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
    if (code !== 0) {
      say(complaint(output))
      throw new Stop('npm ci failed, for the reason above: mend it (most often the network), then start again.')
    }
  })
}

const installed = () =>
  matches(packages(join(root, 'package-lock.json')), packages(join(root, 'node_modules', '.package-lock.json')))

/**
 * npm writes node_modules/.package-lock.json last, so it stands for a finished installation.
 * An optional package may be absent, for it may be for another machine; what is there must be of the right version.
 * @param {Record<string, Package>} wanted
 * @param {Record<string, Package>} present
 */
export function matches(wanted, present) {
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional }]) => {
    const have = present[path]
    if (path === '' || link) return true
    return have ? have.version === version : optional === true || devOptional === true
  })
}

/**
 * @param {string} file
 * @returns {Record<string, Package>}
 */
function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  } catch {
    // missing or torn: nothing is installed
    return {}
  }
}

/**
 * npm's own reason stands first among its errors; usage and log paths follow.
 * @param {string} output
 */
export function complaint(output) {
  const errors = output.split('\n').filter((line) => /^npm error ./.test(line))
  return errors.length > 0 ? errors.slice(0, 6).join('\n') : tail(output)
}

/**
 * Runs the npm that started us, else the one on the path.
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
export function npm(args, cwd = root) {
  const started = process.env.npm_execpath
  if (started && /npm-cli\.c?js$/.test(started)) return run(process.execPath, [started, ...args], { cwd })
  const file = find(process.platform === 'win32' ? 'npm.cmd' : 'npm')
  if (!file) throw new Stop('npm was not found: install Node.js with npm, then start again.')
  return run(file, args, { cwd })
}
