// @ts-check
/** What the operating system must bring: Electron's shared libraries, a screen where there is none, the tests' tools. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from './chromium.mjs'
import { find, outputOf, run, tail } from './command.mjs'
import { hasTime64, missingIn, otherNames, packagesFor } from './debian-packages.mjs'
import { alone } from './lock.mjs'
import { runtime } from './places.mjs'
import { say, Stop } from './say.mjs'

/** @typedef {{ electron: string, screen: boolean, tests: boolean }} Needs `electron`: its program; `screen`: one of our own */

/**
 * Installs what is missing when we are root on Debian or a relative; else says in one line what to install.
 * @param {Needs} needs
 */
export async function ensureSystem(needs) {
  if (process.platform !== 'linux' || (await missing(needs)).length === 0) return
  if (process.getuid?.() !== 0) throw new Stop(advice(await missing(needs)))
  const waiting = () => say('Another start is installing system packages; waiting for it.')
  await alone(join(runtime, 'apt.lock'), waiting, async () => {
    const packages = await missing(needs)
    if (packages.length > 0) await install(packages)
  })
  const still = await missing(needs)
  if (still.length > 0) throw new Stop(advice(still))
}

/**
 * @param {Needs} needs
 * @returns {Promise<string[]>} packages
 */
async function missing({ electron, screen, tests }) {
  const libraries = missingIn(outputOf('ldd', [electron]))
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const { packages, unknown } = packagesFor(libraries, hasTime64(release))
  if (unknown.length > 0 || (libraries.length > 0 && !find('apt-get'))) {
    throw new Stop(
      `Electron needs shared libraries that are not here: install ${libraries.join(', ')}, then start again.`,
    )
  }
  if (screen && !find('Xvfb')) packages.push('xvfb')
  if (tests) {
    for (const tool of ['xdotool', 'socat']) if (!find(tool)) packages.push(tool)
    if (!find('udevadm')) packages.push('udev')
    if (!(await chromium())) packages.push('chromium')
  }
  return packages
}

/** @param {readonly string[]} packages */
const advice = (packages) =>
  find('apt-get')
    ? `System packages are missing; install them once: sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
    : `These programs are missing (named as Debian names them): ${packages.join(', ')}; install them, then start again.`

/** @param {readonly string[]} packages */
async function install(packages) {
  if (!find('apt-get')) throw new Stop(advice(packages))
  say(`Installing system packages: ${packages.join(' ')} …`)
  const update = await apt(['update'])
  // one broken list among many does no harm; what it leaves out, the installation will say
  const first = await apt(['install', '-y', '--no-install-recommends', ...packages])
  if (first.code === 0) return
  const second = await apt(['install', '-y', '--no-install-recommends', ...otherNames(packages)])
  if (second.code === 0) return
  say(tail(update.code === 0 ? first.output : update.output))
  throw new Stop(`apt-get failed (its words are above). ${advice(packages)}`)
}

/** @param {readonly string[]} args */
const apt = (args) =>
  run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
