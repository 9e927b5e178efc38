// @ts-check
/** Vitest, shown as it runs and counted from its report. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'

/**
 * @param {readonly string[]} projects
 * @param {readonly string[]} files
 * @param {Record<string, string>} env
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function vitest(projects, files, env) {
  const folder = mkdtempSync(join(tmpdir(), 'dopusk-test-'))
  const report = join(folder, 'report.json')
  try {
    const args = ['run', ...projects.flatMap((name) => ['--project', name]), '--reporter=default', '--reporter=json']
    const code = await new Promise((resolve) => {
      const program = join(root, 'node_modules', 'vitest', 'vitest.mjs')
      const child = spawn(process.execPath, [program, ...args, `--outputFile.json=${report}`, ...files], {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, ...env },
      })
      child.on('error', () => resolve(127))
      child.on('exit', (status) => resolve(status ?? 1))
    })
    return counted(code, read(report))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * A run that fails without a failing test (a file that does not load, an error nobody caught) is one failure too.
 * @param {number} code
 * @param {{ numPassedTests?: number, numFailedTests?: number } | undefined} report
 */
export function counted(code, report) {
  const failed = report?.numFailedTests ?? 0
  return { passed: report?.numPassedTests ?? 0, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // vitest did not come so far
    return undefined
  }
}
