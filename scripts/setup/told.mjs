// @ts-check
/** How a script learns that it is to end. */

/** ms between looks at whether npm still lives */
const look = 300

/**
 * Calls `tell` at Ctrl-C and the like, perhaps more than once. Also when npm was stopped by a signal: npm hands it to
 * the shell between us, and that dies without handing it on.
 * @param {(signal: NodeJS.Signals) => void} tell
 */
export function whenTold(tell) {
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, () => tell(name))
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    tell('SIGTERM')
  }, look)
  watch.unref()
}
