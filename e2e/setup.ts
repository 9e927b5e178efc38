import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** What these tests run must have been built, and a screen must be there: `npm test` sees to both. */
export function setup(): void {
  const root = path.resolve(import.meta.dirname, '..')
  if (!fs.existsSync(path.join(root, 'out/main/index.js')))
    throw new Error('Build the kiosk first: npm test does, or npx electron-vite build.')
  if (process.platform === 'linux' && !process.env['DISPLAY'])
    throw new Error('These tests need a display: npm test brings one.')
  process.env['DOPUSK_PAGES'] = fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-pages-'))
  if (process.getuid?.() === 0) process.env['ELECTRON_DISABLE_SANDBOX'] = '1'
}

/** Pages that tests built for themselves. */
export function teardown(): void {
  const pages = process.env['DOPUSK_PAGES']
  if (pages !== undefined) fs.rmSync(pages, { recursive: true, force: true })
}
