import fs from 'node:fs'
import type { ElectronApplication } from 'playwright-core'
import { z } from 'zod'

const Trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      ts: z.number().optional(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})

export interface Tasks {
  /** by the clock: also while other programs had the processor */
  readonly longestMs: number
  /** of the processor's time */
  readonly longestWorkMs: number
  /** tasks that worked longer than a frame */
  readonly over16: number
  /** part of the time in which the thread worked */
  readonly busyPart: number
}

/** The tasks of the window's main thread over some time, as Chromium traces them. */
export async function longestTasks(app: ElectronApplication, ms: number): Promise<Tasks> {
  const file = await app.evaluate(async ({ contentTracing }, wait) => {
    await contentTracing.startRecording({ included_categories: ['toplevel', '__metadata'] })
    await new Promise((resolve) => setTimeout(resolve, wait))
    return contentTracing.stopRecording()
  }, ms)
  const { traceEvents } = Trace.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  fs.rmSync(file)
  const main = traceEvents.find(({ name, args }) => name === 'thread_name' && args?.['name'] === 'CrRendererMain')
  if (!main) throw new Error('the trace has no window')
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => pid === main.pid && tid === main.tid && name.endsWith('RunTask'),
  )
  const work = tasks.map(({ tdur = 0 }) => tdur / 1000)
  return {
    longestMs: Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1000)),
    longestWorkMs: Math.max(0, ...work),
    over16: work.filter((task) => task > 16).length,
    busyPart: work.reduce((sum, task) => sum + task, 0) / ms,
  }
}
