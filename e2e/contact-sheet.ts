/** Sheets of small pictures, to look at many screens at once: into docs when snapshots are taken, else beside the pictures. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Darkroom, SheetPicture } from './darkroom.ts'

export const UPDATE = process.env['UPDATE_SNAPSHOTS'] === '1'
export const SCREENSHOTS = join(import.meta.dirname, '../out/screenshots')
const FOLDER = UPDATE ? join(import.meta.dirname, '../docs/screens') : SCREENSHOTS
/** Bytes: these are kept in the repository's history. */
const HEAVIEST = 300 * 1024

/** `columns` pictures beside each other, `width` px each, as `name`.webp. */
export async function writeSheet(
  darkroom: Darkroom,
  name: string,
  pictures: readonly SheetPicture[],
  columns: number,
  width: number,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const sheet = await darkroom.sheet(pictures, columns, width)
  expect(sheet.length, name).toBeLessThan(HEAVIEST)
  writeFileSync(join(FOLDER, `${name}.webp`), sheet)
}
