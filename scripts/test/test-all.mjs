// @ts-check
/** Runs the steps one after the other, all of them whatever fails, and ends with `N passed, N failed`. */
import { join } from 'node:path'
import { build } from '../setup/build.mjs'
import { run } from '../setup/command.mjs'
import { prepareKiosk } from '../setup/kiosk.mjs'
import { root } from '../setup/places.mjs'
import { choose } from './choose.mjs'
import { vitest } from './vitest.mjs'

/** @typedef {{ step: string, passed: number, failed: number, seconds: number }} Result */

/**
 * A program of a package, run by this Node.
 * @param {string} file
 * @param {string[]} args
 */
const tool = (file, ...args) => run(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root })

/** @type {Record<string, () => Promise<import('../setup/command.mjs').Outcome>>} */
const checks = {
  types: () => tool('typescript/bin/tsc', '-p', '.'),
  lint: () => tool('eslint/bin/eslint.js', '.'),
  format: () => tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  unused: () => tool('knip/bin/knip.js'),
  build,
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function testAll(args) {
  const chosen = choose(args)
  // before the checks: what is missing on the machine is better said at once than after a minute
  const ground = chosen.projects.some((name) => name === 'e2e' || name === 'pages')
    ? await prepareKiosk({ tests: true, built: false })
    : undefined
  try {
    /** @type {Result[]} */
    const results = []
    for (const step of chosen.checks) results.push(await timed(step, () => check(step)))
    if (chosen.projects.length > 0) {
      // the end-to-end tests run what is in out/
      if (ground && !chosen.checks.includes('build')) results.push(await timed('build', () => check('build')))
      results.push(await timed('tests', () => vitest(chosen.projects, chosen.files, ground?.env ?? {})))
    }
    return report(results)
  } finally {
    ground?.stop()
  }
}

/** @param {string} step */
async function check(step) {
  process.stdout.write(`${step} … `)
  const { code, output } = (await checks[step]?.()) ?? { code: 1, output: 'there is no such step' }
  console.log(code === 0 ? 'ok' : `failed\n${output.trimEnd()}\n`)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

/**
 * @param {string} step
 * @param {() => Promise<{ passed: number, failed: number }>} work
 * @returns {Promise<Result>}
 */
async function timed(step, work) {
  const began = performance.now()
  const counts = await work()
  return { step, ...counts, seconds: (performance.now() - began) / 1000 }
}

/** @param {readonly Result[]} results */
function report(results) {
  const sum = (/** @type {'passed' | 'failed'} */ what) => results.reduce((total, result) => total + result[what], 0)
  console.log(`\n${'step'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(10)}`)
  for (const { step, passed, failed, seconds } of results) {
    console.log(
      `${step.padEnd(10)}${String(passed).padStart(8)}${String(failed).padStart(8)}${seconds.toFixed(1).padStart(10)}`,
    )
  }
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}
