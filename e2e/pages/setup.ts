import fs from 'node:fs'
import path from 'node:path'

/** What these tests look at must have been built: `npm test` sees to it. */
export function setup(): void {
  const page = path.resolve(import.meta.dirname, '../../out/web/office/index.html')
  if (!fs.existsSync(page)) throw new Error('Build the pages first: npx vite build -c web.vite.config.ts')
}
