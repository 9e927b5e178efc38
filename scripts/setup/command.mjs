// @ts-check
/** Other programs, run to their end. */
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @typedef {{ code: number, output: string }} Outcome `code` 127 when it could not be started at all */

/**
 * Runs a program without input and gathers what it says.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onChild?: (child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<Outcome>}
 */
export function run(file, args, { onChild, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, ...options })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
    onChild?.(child)
  })
}

/**
 * What a short program prints, both streams; an empty text when it is not there.
 * @param {string} file
 * @param {readonly string[]} args
 */
export function outputOf(file, args) {
  const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return `${stdout ?? ''}${stderr ?? ''}`
}

/**
 * The whole path of a program, or nothing. The system folders count even where PATH lacks them.
 * @param {string} name
 */
export function find(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin']
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(executable)
}

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The last lines of a long output, for a person.
 * @param {string} output
 * @param {number} [lines]
 */
export const tail = (output, lines = 12) => output.trimEnd().split('\n').slice(-lines).join('\n')
