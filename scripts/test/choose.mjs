// @ts-check
/** Which steps and which of vitest's projects a run is for. */
import { Stop } from '../setup/say.mjs'

export const checks = /** @type {const} */ (['types', 'lint', 'format', 'unused', 'build'])
export const projects = /** @type {const} */ (['unit', 'server', 'pages', 'e2e'])

/**
 * `--only a,b` names steps or projects; other arguments go to vitest, to choose among its files.
 * @param {readonly string[]} args
 * @returns {{ checks: string[], projects: string[], files: string[] }}
 */
export function choose(args) {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='))
  if (at < 0) return { checks: [...checks], projects: [...projects], files: [...args] }
  const inline = args[at]?.startsWith('--only=')
  const names = (inline ? args[at]?.slice('--only='.length) : args[at + 1])?.split(',').filter(Boolean) ?? []
  const known = [...checks, ...projects]
  const stranger = names.find((name) => !known.some((one) => one === name))
  if (names.length === 0 || stranger !== undefined) {
    throw new Stop(
      `--only takes one or more of ${known.join(', ')}, separated by commas${stranger ? `, not ${stranger}` : ''}.`,
    )
  }
  return {
    checks: checks.filter((name) => names.includes(name)),
    projects: projects.filter((name) => names.includes(name)),
    files: [...args.slice(0, at), ...args.slice(at + (inline ? 1 : 2))],
  }
}
