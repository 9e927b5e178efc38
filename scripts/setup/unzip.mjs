// @ts-check
/** Unpacks chosen files of a zip archive; their modes and links are kept. */
import { createWriteStream, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

/** Unix file types in the upper half of an entry's attributes. */
const fileType = 0o170000
const linkType = 0o120000

/**
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => boolean} wanted
 */
export async function unzip(archive, folder, wanted) {
  const zip = await openPromise(archive, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    // yauzl refuses names that lead out of the folder
    const name = entry.fileName
    if (name.endsWith('/') || !wanted(name)) continue
    const mode = entry.externalFileAttributes >>> 16
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    const stream = await zip.openReadStreamPromise(entry)
    if ((mode & fileType) === linkType) symlinkSync((await buffer(stream)).toString(), path)
    else await pipeline(stream, createWriteStream(path, { mode: mode & 0o777 || 0o644 }))
  }
}
