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
    say(error instanceof Stop ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  }
  // whatever a library left open must not keep a finished command alive; what was written goes out first
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
}
