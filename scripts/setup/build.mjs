// @ts-check
/** The kiosk's bundles in out/, built again when something they are made of has changed. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tail } from './command.mjs'
import { alone } from './lock.mjs'
import { root, runtime } from './places.mjs'
import { say, Stop } from './say.mjs'

const made = [
  'app/**',
  'server/contract/**',
  'resources/**',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
]
const stamp = join(root, 'out', '.made-of')

/** @returns {Promise<void>} */
export async function ensureBuild() {
  if (upToDate()) return
  await alone(
    join(runtime, 'build.lock'),
    () => say('Another start is building; waiting for it.'),
    async () => {
      if (upToDate()) return
      say('Building the kiosk …')
      const { code, output } = await build()
      if (code === 0) return
      say(tail(output, 30))
      throw new Stop('The kiosk does not build (the reason is above).')
    },
  )
}

/** Builds in any case. */
export async function build() {
  rmSync(stamp, { force: true })
  const from = fingerprint()
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const outcome = await run(process.execPath, [vite, 'build'], { cwd: root })
  if (outcome.code === 0) writeFileSync(stamp, from)
  return outcome
}

function upToDate() {
  return (
    existsSync(stamp) && existsSync(join(root, 'out/main/index.js')) && readFileSync(stamp, 'utf8') === fingerprint()
  )
}

/** Of names and contents; tests are no part of it. */
function fingerprint() {
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
