// @ts-check
/** The Node that npm carries, where the machine's own is too old. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './places.mjs'
import { Stop } from './say.mjs'
import { whenTold } from './told.mjs'

const needed = 24
const bin = join(root, 'node_modules', '.bin')

/**
 * Goes on when this Node will do. Else starts the same command on the carried one and ends as that ends.
 * @returns {Promise<number | undefined>} the exit code of the other one, or nothing: go on
 */
export async function otherNode() {
  if (Number(process.versions.node.split('.')[0]) >= needed) {
    // vitest, electron-vite and the rest are started through the path
    process.env.PATH = [bin, process.env.PATH].join(delimiter)
    return undefined
  }
  const carried = carriedNode()
  if (!carried) {
    throw new Stop(
      `Node ${needed} or newer is needed and this is ${process.versions.node}, and npm carries none for this machine: install Node ${needed}, then start again.`,
    )
  }
  return follow(spawn(carried, process.argv.slice(1), { stdio: 'inherit' }))
}

function carriedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  return [join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file), join(bin, file)].find(existsSync)
}

/**
 * Passes signals on and ends as the child ends. Ctrl-C reaches both; the child is told twice and does not mind.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function follow(child) {
  whenTold((signal) => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}
