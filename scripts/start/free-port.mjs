// @ts-check
import { createServer } from 'node:net'

const usualPort = 8080

/** The usual port when nobody has it, else any. */
export async function freePort() {
  return (await tryPort(usualPort)) ?? (await tryPort(0)) ?? usualPort
}

/**
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
function tryPort(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(undefined))
    probe.listen(port, process.env.HOST || '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
