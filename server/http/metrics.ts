import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly admissions: Counter<'outcome'>
  readonly events: Counter<'verdict'>
  readonly queueBreaks: Counter<'kind'>
  readonly mails: Counter<'state'>
  /** what is known of signed documents and of who listens; read when metrics are asked for */
  readonly gauge: (name: string, help: string, read: () => number | Promise<number>) => void
  readonly batchSize: Histogram<'kind'>
  readonly answered: (route: string, status: number, ms: number) => void
}

/** A registry of its own, so that several servers can live in one process (tests). */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const latency = new Histogram({
    name: 'dopusk_request_seconds',
    help: 'From the request’s head to its answer',
    labelNames: ['route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3],
    registers,
  })
  const children = new Map<string, { observe(value: number): void }>()
  return {
    registry,
    admissions: new Counter({
      name: 'dopusk_admissions_total',
      help: 'Answered admissions by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    events: new Counter({
      name: 'dopusk_events_total',
      help: 'Events by verdict',
      labelNames: ['verdict'],
      registers,
    }),
    queueBreaks: new Counter({
      name: 'dopusk_queue_breaks_total',
      help: 'Gaps and broken chains in the queues of kiosks',
      labelNames: ['kind'],
      registers,
    }),
    mails: new Counter({
      name: 'dopusk_mail_attempts_total',
      help: 'Attempts to send a mail by what the mail is now: sent, queued again, bounced, failed',
      labelNames: ['state'],
      registers,
    }),
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          // what cannot be read now must not take the other metrics with it
          this.set(await Promise.resolve(read()).catch(() => Number.NaN))
        },
      })
    },
    batchSize: new Histogram({
      name: 'dopusk_commit_rows',
      help: 'Rows that shared a commit',
      labelNames: ['kind'],
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    answered: (route, status, ms) => {
      const key = `${route} ${status}`
      let child = children.get(key)
      if (!child) children.set(key, (child = latency.labels(route, String(status))))
      child.observe(ms / 1000)
    },
  }
}
