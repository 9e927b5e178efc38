import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** SQLite's code for "somebody else holds it". */
const Busy = z.object({ errcode: z.literal(5) })

/**
 * Runs `work` while no other process runs anything under the same folder's lock.
 * The lock is the operating system's (through SQLite), so that it ends with its holder, however that ends.
 * @param patience milliseconds to wait for the holder before throwing
 */
export async function withFolderLock<T>(folder: string, patience: number, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = new DatabaseSync(join(folder, 'start.lock'), { timeout: 0 })
  try {
    const until = performance.now() + patience
    while (!taken(file)) {
      if (performance.now() > until) throw new Error(`Another process has been starting in ${folder} for too long.`)
      await sleep(50)
    }
    return await work()
  } finally {
    file.close()
  }
}

function taken(file: DatabaseSync): boolean {
  try {
    file.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (Busy.safeParse(error).success) return false
    throw error
  }
}
