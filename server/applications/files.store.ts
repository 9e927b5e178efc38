import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApplicationFile } from '../../contract/join/application-view.ts'
import type { Sql } from '../db/pool.ts'

/** The folder is private and no page server looks into it; the name on disk is a random id and nothing of the sender's. */
const pathOf = (folder: string, id: string): string => join(folder, 'applications', id)

export interface NewFile {
  readonly name: string
  readonly type: ApplicationFile['type']
  readonly bytes: Buffer
  readonly at: Date
}

/**
 * The bytes are on disk before the row is committed. Bytes that the application has already are written again, lest they
 * went missing. @returns `undefined` where it has them
 */
export async function addFile(
  tx: Sql,
  folder: string,
  applicationId: number,
  { name, type, bytes, at }: NewFile,
): Promise<{ readonly id: string; discard(): Promise<void> } | undefined> {
  const id = randomUUID()
  const sha256 = createHash('sha256').update(bytes).digest()
  const row = await tx
    .insertInto('application_files')
    .values({
      id,
      application_id: applicationId,
      name,
      type,
      size: bytes.length,
      sha256,
      uploaded_at: at,
    })
    .onConflict((conflict) => conflict.columns(['application_id', 'sha256']).doNothing())
    .returning('id')
    .executeTakeFirst()
  await mkdir(join(folder, 'applications'), { recursive: true, mode: 0o700 })
  if (!row) {
    const known = await tx
      .selectFrom('application_files')
      .select('id')
      .where('application_id', '=', applicationId)
      .where('sha256', '=', sha256)
      .executeTakeFirstOrThrow()
    await keep(pathOf(folder, known.id), bytes)
    return undefined
  }
  const path = pathOf(folder, id)
  await keep(path, bytes)
  return { id, discard: () => rm(path, { force: true }) }
}

/** Whole or not at all. */
async function keep(path: string, bytes: Buffer): Promise<void> {
  const young = `${path}.${randomUUID()}`
  try {
    await writeFile(young, bytes, { flag: 'wx', mode: 0o600, flush: true })
    await rename(young, path)
  } catch (thrown) {
    await rm(young, { force: true })
    throw thrown
  }
}

export async function filesOf(db: Sql, applicationId: number): Promise<ApplicationFile[]> {
  const rows = await db
    .selectFrom('application_files')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('uploaded_at')
    .execute()
  return rows.map(({ id, name, type, size, sha256, uploaded_at: at }) => ({
    id,
    name,
    type,
    size,
    sha256: sha256.toString('hex'),
    uploadedAt: at.toISOString(),
  }))
}

/** @returns `undefined` where the application has no such file. @throws where the bytes are not those that came */
export async function readStoredFile(
  db: Sql,
  folder: string,
  { applicationId, id }: { readonly applicationId: number; readonly id: string },
): Promise<{ readonly name: string; readonly type: string; readonly bytes: Buffer } | undefined> {
  const row = await db
    .selectFrom('application_files')
    .select(['name', 'type', 'sha256'])
    .where('id', '=', id)
    .where('application_id', '=', applicationId)
    .executeTakeFirst()
  if (!row) return undefined
  const bytes = await readFile(pathOf(folder, id))
  if (!createHash('sha256').update(bytes).digest().equals(row.sha256)) throw new Error('a stored file has changed')
  return { name: row.name, type: row.type, bytes }
}

/** Files of applications that are deleted; their rows go with those. */
export async function deleteFiles(folder: string, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => rm(pathOf(folder, id), { force: true })))
}
