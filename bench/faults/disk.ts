/**
 * What a power cut does to a queue's files. SQLite's log (WAL) only grows between checkpoints, and every transaction ends
 * with an fsync; so what lay in it when an answer was shown is safe, and any part of what came after may be gone or torn.
 * Where a checkpoint has begun the log anew since, nothing is taken away: then we do not know what was safe.
 */
import { createPrivateKey } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { compactDecrypt } from 'jose'
import { z } from 'zod'
import { EventEnvelope } from '../../contract/kiosk/admission.ts'

export interface Disk {
  readonly bytes: number
  /** the log's header: it changes when a checkpoint begins it anew */
  readonly header: string
}

const logOf = (folder: string): string => path.join(folder, 'queue.db-wal')
const HEADER_BYTES = 32

export function diskNow(folder: string): Disk | undefined {
  try {
    const bytes = fs.readFileSync(logOf(folder))
    return { bytes: bytes.length, header: bytes.toString('hex', 0, HEADER_BYTES) }
  } catch {
    // not written yet
    return undefined
  }
}

export function cutPower(folder: string, kept: Disk, random: () => number): void {
  const now = diskNow(folder)
  if (now?.header !== kept.header || now.bytes <= kept.bytes) return
  const left = kept.bytes + Math.floor(random() * (now.bytes - kept.bytes))
  fs.truncateSync(logOf(folder), left)
  // Half of the time the file has its length, and holes in it.
  if (random() < 0.5) fs.truncateSync(logOf(folder), now.bytes)
  fs.rmSync(path.join(folder, 'queue.db-shm'), { force: true })
}

const Row = z.object({ jwe: z.string() })

/** Whether the queue on disk holds a pass: opened with the server's own key, since the kiosk could not say so itself. */
export async function queueHolds(folder: string, text: string, keysFolder: string): Promise<boolean> {
  const keys = fs
    .readdirSync(keysFolder)
    .filter((name) => name.startsWith('seal-'))
    .map((name) => createPrivateKey(fs.readFileSync(path.join(keysFolder, name))))
  const database = new DatabaseSync(path.join(folder, 'queue.db'), { readOnly: true })
  const rows = database.prepare('select jwe from sealed').all()
  database.close()
  for (const row of rows) {
    for (const key of keys) {
      const opened = await compactDecrypt(Row.parse(row).jwe, key).catch(() => undefined)
      const event = opened && EventEnvelope.parse(JSON.parse(Buffer.from(opened.plaintext).toString())).event
      if (event?.kind === 'admission' && event.request.credential === text) return true
    }
  }
  return false
}

/** How often any of these texts, or these handles in any form, occur in the files of a folder or in a log. */
export function leaksIn(
  folder: string,
  log: readonly string[],
  planted: readonly { text: string; handle: string }[],
): number {
  const everything = Buffer.concat([
    ...fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name))),
    Buffer.from(log.join('')),
  ])
  return planted
    .flatMap(({ text, handle }) => {
      const bytes = Buffer.from(handle, 'hex')
      return [text, text.slice(4, 60), handle, bytes, bytes.toString('base64'), bytes.toString('base64url')]
    })
    .filter((needle) => everything.includes(needle)).length
}
