// @ts-check
/** How scripts talk: calm lines while they work, one sentence when they cannot go on. */

/** A failure that people can act on. Shown as its one sentence, without a stack. */
export class Stop extends Error {}

/**
 * On stderr: stdout belongs to what a command is run for.
 * @param {string} line
 */
export const say = (line) => void process.stderr.write(`${line}\n`)

/**
 * Runs a script's work and ends the process with its exit code.
 * @param {() => Promise<number>} work
 */
export async function main(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    say(sentence(error))
    process.exitCode = 1
  }
  // whatever a library left open must not keep a finished command alive; what was written goes out first
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
}

/** What the system refuses, in words. */
const refusals = new Map([
  ['EACCES', 'there is no permission'],
  ['EPERM', 'there is no permission'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
])

/** @param {unknown} error */
function sentence(error) {
  if (!(error instanceof Error)) return String(error)
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error)
  const refused = refusals.get(code ?? '')
  if (refused && path) return `${path} cannot be used: ${refused}.`
  return error instanceof Stop ? error.message : (error.stack ?? error.message)
}
