// @ts-check
/** Vitest, shown as it runs and counted from its report. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'

/**
 * What we read of vitest's JSON report.
 * @typedef {object} Report
 * @property {number} [numPassedTests]
 * @property {number} [numFailedTests]
 * @property {{ status: string, assertionResults: { status: string }[] }[]} [testResults] one for each file
 */

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
 * A file that does not load is one failure, and so is a run that fails without any (an error nobody caught).
 * @param {number} code
 * @param {Report | undefined} report
 */
export function counted(code, report) {
  const unloaded = report?.testResults?.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  })
  const failed = (report?.numFailedTests ?? 0) + (unloaded?.length ?? 0)
  return { passed: report?.numPassedTests ?? 0, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/**
 * @param {string} file
 * @returns {Report | undefined}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // vitest did not come so far
    return undefined
  }
}
