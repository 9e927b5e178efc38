import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { renderer } from '../electron.vite.config.ts'

/** Builds the window alone, as it is shipped; returns the folder it is in, which goes when the tests are over (setup.ts). */
export async function buildPage(): Promise<string> {
  const outDir = mkdtempSync(join(process.env['DOPUSK_PAGES'] ?? tmpdir(), 'page-'))
  const before = process.env['NODE_ENV']
  // the test runner's own would make it a development build, which is not what is shipped
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      ...renderer,
      configFile: false,
      logLevel: 'warn',
      build: { ...renderer.build, outDir, emptyOutDir: true },
    })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
  return outDir
}
