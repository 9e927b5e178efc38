// @ts-check
/** Chromium's sandbox: real for ordinary users; root must go without. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Stop } from './say.mjs'

/**
 * @param {string} electron its program
 * @returns {{ args: string[], env: Record<string, string> }} what Electron must be started with
 */
export function sandbox(electron) {
  if (process.platform !== 'linux') return { args: [], env: {} }
  if (process.getuid?.() === 0) return { args: ['--no-sandbox'], env: { ELECTRON_DISABLE_SANDBOX: '1' } }
  if (userNamespaces() || setuidRoot(join(dirname(electron), 'chrome-sandbox'))) return { args: [], env: {} }
  const helper = join(dirname(electron), 'chrome-sandbox')
  throw new Stop(
    `Electron's sandbox needs user namespaces, which are off here; allow its helper instead, once: sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  )
}

const userNamespaces = () => spawnSync('unshare', ['-U', '-r', 'true'], { stdio: 'ignore' }).status === 0

/** @param {string} file */
function setuidRoot(file) {
  try {
    const { uid, mode } = statSync(file)
    return uid === 0 && (mode & 0o4000) !== 0
  } catch {
    return false
  }
}
