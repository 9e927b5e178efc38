// @ts-check
/** What is in out/, the kiosk and the server's pages, each built again when something it is made of has changed. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tail } from './command.mjs'
import { alone } from './lock.mjs'
import { root, runtime } from './places.mjs'
import { say, Stop } from './say.mjs'

/**
 * @typedef {object} Bundle
 * @property {string} name as people are told of it
 * @property {string[]} made what it is made of
 * @property {string} proof a file of it
 * @property {string} stamp
 * @property {string[]} tool
 */

const shared = ['contract/**', 'resources/**', 'tsconfig.json', 'package-lock.json']

const bundles = {
  /** @type {Bundle} */
  kiosk: {
    name: 'the kiosk',
    made: ['app/**', 'electron.vite.config.ts', ...shared],
    proof: 'out/main/index.js',
    stamp: 'out/.made-of',
    tool: ['electron-vite/bin/electron-vite.js', 'build'],
  },
  /** @type {Bundle} */
  pages: {
    name: 'the pages',
    made: ['web/**', 'web.vite.config.ts', ...shared],
    proof: 'out/web/office/index.html',
    stamp: 'out/.web-made-of',
    tool: ['vite/bin/vite.js', 'build', '--config', 'web.vite.config.ts'],
  },
}

/**
 * @param {keyof typeof bundles} which
 * @returns {Promise<void>}
 */
export async function ensureBuild(which) {
  const bundle = bundles[which]
  if (upToDate(bundle)) return
  await alone(
    join(runtime, `build-${which}.lock`),
    () => say('Another start is building; waiting for it.'),
    async () => {
      if (upToDate(bundle)) return
      say(`Building ${bundle.name} …`)
      const { code, output } = await buildOne(bundle)
      if (code === 0) return
      say(tail(output, 30))
      throw new Stop(`Building ${bundle.name} failed (the reason is above).`)
    },
  )
}

/** Builds all of it, in any case. */
export async function build() {
  const outcomes = []
  for (const bundle of Object.values(bundles)) outcomes.push(await buildOne(bundle))
  return {
    code: outcomes.find(({ code }) => code !== 0)?.code ?? 0,
    output: outcomes.map(({ output }) => output).join('\n'),
  }
}

/** @param {Bundle} bundle */
async function buildOne(bundle) {
  rmSync(join(root, bundle.stamp), { force: true })
  const from = fingerprint(bundle)
  const [file = '', ...args] = bundle.tool
  const outcome = await run(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root })
  if (outcome.code === 0) writeFileSync(join(root, bundle.stamp), from)
  return outcome
}

/** @param {Bundle} bundle */
function upToDate(bundle) {
  const stamp = join(root, bundle.stamp)
  return (
    existsSync(stamp) && existsSync(join(root, bundle.proof)) && readFileSync(stamp, 'utf8') === fingerprint(bundle)
  )
}

/**
 * Of names and contents; tests are no part of it.
 * @param {Bundle} bundle
 */
function fingerprint({ made }) {
  const hash = createHash('sha256')
  for (const entry of globSync(made, { cwd: root, withFileTypes: true }).sort(byPath)) {
    if (!entry.isFile() || /\.test\.tsx?$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    hash.update(`${path}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

/**
 * @param {import('node:fs').Dirent} a
 * @param {import('node:fs').Dirent} b
 */
const byPath = (a, b) => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1)
