import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const Result = z.object({ requests: z.int(), us: z.int(), p50: z.int(), p99: z.int(), failed: z.int() })

export interface Load {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  readonly token: string
  readonly accessPoint: number
  /** a pass a line */
  readonly passes: string
  /** line to begin after */
  readonly first: number
}

export interface LoadResult {
  readonly rps: number
  readonly requests: number
  readonly p50_ms: number
  readonly p99_ms: number
}

export function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['-v'], { stdio: 'ignore' })
    return true
  } catch (error) {
    // wrk ends with 1 after telling its version
    return error instanceof Error && 'status' in error && typeof error.status === 'number'
  }
}

export const generator = hasProgram('wrk') ? 'wrk' : 'own (node)'

/** In a process of its own. @throws where a request was not answered with 200 */
export async function load({
  url,
  connections,
  seconds,
  token,
  accessPoint,
  passes,
  first,
}: Load): Promise<LoadResult> {
  const presentedAt = new Date().toISOString()
  const script = [token, String(accessPoint), passes, presentedAt, String(first)]
  const here = import.meta.dirname
  const { stdout } =
    generator === 'wrk'
      ? await promisify(execFile)('wrk', [
          ...['-t1', `-c${connections}`, `-d${seconds}s`, '-s', join(here, 'wrk.lua'), `${url}/v1/admissions`, '--'],
          ...script,
        ])
      : await promisify(execFile)(process.execPath, [
          ...[join(here, 'generator.ts'), url, String(connections), String(seconds)],
          ...script,
        ])
  const { requests, us, p50, p99, failed } = Result.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
  if (failed > 0) throw new Error(`${failed} of ${requests} requests to ${url} failed`)
  return { rps: requests / (us / 1e6), requests, p50_ms: p50 / 1000, p99_ms: p99 / 1000 }
}
