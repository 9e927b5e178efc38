import fs from 'node:fs'
import path from 'node:path'

/** What these tests run must have been built, and a screen must be there: `npm test` sees to both. */
export function setup(): void {
  const root = path.resolve(import.meta.dirname, '..')
  if (!fs.existsSync(path.join(root, 'out/main/index.js')))
    throw new Error('Build the kiosk first: npm test does, or npx electron-vite build.')
  if (process.platform === 'linux' && !process.env['DISPLAY'])
    throw new Error('These tests need a display: npm test brings one.')
  if (process.getuid?.() === 0) process.env['ELECTRON_DISABLE_SANDBOX'] = '1'
}
