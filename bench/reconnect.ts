/**
 * 20,000 kiosks come back at the same moment after an outage of hours: their own uploader (app/main/queue/uploader.ts) in
 * virtual time, beside the same without its random start, and beside a fixed retry. Draws docs/reconnect.svg.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomFrom } from './faults/story.ts'
import { plot, type Line } from './reconnect/plot.ts'
import { reconnect, type Load, type Outcome, type Policy } from './reconnect/region.ts'
import { virtualTime } from './reconnect/virtual-time.ts'
import { numberOption, report } from './report.ts'

const policies = {
  ours: { kind: 'kiosk', startJitterMs: 300_000 },
  at_once: { kind: 'kiosk', startJitterMs: 0 },
  fixed: { kind: 'fixed', retryMs: 5000 },
} as const satisfies Record<string, Policy>

/** `--kiosks N --hours H --visits V --rows R --seed S` */
export async function reconnectBench(args: readonly string[]): Promise<void> {
  const load: Load = {
    kiosks: numberOption(args, 'kiosks', 20_000),
    outageHours: numberOption(args, 'hours', 4),
    visitsADay: numberOption(args, 'visits', 10_000_000),
    rowsPerSecond: numberOption(args, 'rows', 15_000),
  }
  const seed = numberOption(args, 'seed', 1)
  const time = virtualTime()
  const tell = (policy: Policy): Promise<Outcome> => reconnect(load, policy, time, randomFrom(seed))
  const ours = await tell(policies.ours)
  const atOnce = await tell(policies.at_once)
  const fixed = await tell(policies.fixed)
  const lines: Line[] = [
    { name: 'fixed retry after 5 s', colour: '#B3122A', values: fixed.requests },
    { name: 'back-off, but all at once', colour: '#B77A00', values: atOnce.requests },
    { name: 'as the kiosk does', colour: '#00754A', values: ours.requests },
  ]
  const title = `Most requests a second: ${load.kiosks.toLocaleString('en')} kiosks after ${load.outageHours} hours, ${(ours.visits / 1e6).toFixed(1)} million visits`
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'reconnect.svg'), plot(title, lines))
  const metricsOf = (name: string, { requests, rejections, drained }: Outcome): Record<string, number> => ({
    [`${name}_peak_rps`]: Math.max(...requests),
    [`${name}_rejections`]: rejections,
    [`${name}_drained_s`]: Math.round(drained),
  })
  report('reconnect', {
    kiosks: load.kiosks,
    visits: ours.visits,
    ...metricsOf('ours', ours),
    ...metricsOf('at_once', atOnce),
    ...metricsOf('fixed', fixed),
  })
}
