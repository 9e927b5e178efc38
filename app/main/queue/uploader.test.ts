import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { AdmissionEvent, EventVerdict, SealedEvent } from '../../../contract/kiosk/admission.ts'
import { BatchRefused, Unreachable } from '../ports.ts'
import { memoryQueue } from '../testing/fakes.ts'
import { createUploader } from './uploader.ts'

const event = (): AdmissionEvent => ({
  kind: 'resolution',
  resolution: { id: uuidv7(), accessPoint: 1, outcome: 'admitted', by: 'staff', at: '2026-11-22T19:00:00.000Z' },
})

/** A server whose calls fail before or after it stored them, that refuses batches with poison, and never forgets. */
function faultyServer(plan: readonly ('ok' | 'lost-before' | 'lost-after')[], poison: ReadonlySet<string>) {
  const stored: string[] = []
  let call = 0
  return {
    stored,
    async record(_queue: string, sealed: readonly SealedEvent[]): Promise<readonly EventVerdict[]> {
      await Promise.resolve()
      const events = sealed.map(({ jwe }) => jwe)
      const fate = plan[call++] ?? 'ok'
      if (fate === 'lost-before') throw new Unreachable('lost')
      if (events.some((one) => poison.has(one))) throw new BatchRefused('400')
      const verdicts = events.map((one): EventVerdict => {
        if (stored.includes(one)) return { verdict: 'duplicate' }
        stored.push(one)
        return { verdict: 'stored' }
      })
      if (fate === 'lost-after') throw new Unreachable('lost')
      return verdicts
    },
  }
}

test('whatever is lost on the way, every event is stored exactly once and poison is buried alone', async () => {
  vi.useFakeTimers()
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
        fc.array(fc.constantFrom('ok', 'lost-before', 'lost-after'), { maxLength: 12 }),
        async (poisoned, plan) => {
          const queue = memoryQueue()
          const events = poisoned.map(() => event())
          const poison = new Set(events.filter((_, at) => poisoned[at]).map((one) => JSON.stringify(one)))
          for (const one of events) await queue.append(one)
          const server = faultyServer(plan, poison)
          const uploader = createUploader({
            queue,
            server,
            linkIsUp: () => true,
            startJitterMs: 300_000,
            random: () => 0.5,
            onChange: () => undefined,
            onError: (error) => expect.unreachable(String(error)),
          })
          uploader.wake()
          for (let turn = 0; turn < 60 && queue.events.length > 0; turn++) await vi.advanceTimersByTimeAsync(300_000)
          uploader.stop()
          expect(queue.events).toEqual([])
          expect(new Set(server.stored)).toEqual(
            new Set(events.map((one) => JSON.stringify(one)).filter((one) => !poison.has(one))),
          )
          expect(server.stored).toHaveLength(events.length - poison.size)
          expect(queue.buried).toHaveLength(poison.size)
        },
      ),
      { numRuns: 150, seed: 20261122 },
    )
  } finally {
    vi.useRealTimers()
  }
})

test('rejected events go to the dead letters with their reason, retried ones stay', async () => {
  vi.useFakeTimers()
  try {
    const queue = memoryQueue()
    await queue.append(event())
    await queue.append(event())
    let calls = 0
    const uploader = createUploader({
      queue,
      server: {
        record: (_queue, events) => {
          calls++
          return Promise.resolve(
            events.length === 2
              ? [{ verdict: 'rejected', code: 'malformed', detail: 'request.id' }, { verdict: 'retry' }]
              : [{ verdict: 'stored' }],
          )
        },
      },
      linkIsUp: () => true,
      startJitterMs: 0,
      onChange: () => undefined,
      onError: (error) => expect.unreachable(String(error)),
    })
    uploader.wake()
    await vi.advanceTimersByTimeAsync(10_000)
    uploader.stop()
    expect(calls).toBe(2)
    expect(queue.buried).toEqual([{ seq: 1, why: 'malformed: request.id' }])
    expect(queue.events).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})

test('nothing is sent while the link is down', async () => {
  vi.useFakeTimers()
  try {
    const queue = memoryQueue()
    await queue.append(event())
    let up = false
    const record = vi.fn(() => Promise.resolve<EventVerdict[]>([{ verdict: 'stored' }]))
    const uploader = createUploader({
      queue,
      server: { record },
      linkIsUp: () => up,
      startJitterMs: 0,
      onChange: () => undefined,
      onError: () => undefined,
    })
    uploader.wake()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(record).not.toHaveBeenCalled()
    up = true
    uploader.wake()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(queue.events).toEqual([])
    uploader.stop()
  } finally {
    vi.useRealTimers()
  }
})

test('the server’s Retry-After is honoured', async () => {
  vi.useFakeTimers()
  try {
    const queue = memoryQueue()
    await queue.append(event())
    const record = vi
      .fn(() => Promise.resolve<EventVerdict[]>([{ verdict: 'stored' }]))
      .mockRejectedValueOnce(new Unreachable('503', { retryAfterMs: 60_000 }))
    const uploader = createUploader({
      queue,
      server: { record },
      linkIsUp: () => true,
      startJitterMs: 0,
      random: () => 0,
      onChange: () => undefined,
      onError: (error) => expect.unreachable(String(error)),
    })
    uploader.wake()
    await vi.advanceTimersByTimeAsync(59_000)
    uploader.wake()
    expect(record).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1100)
    expect(queue.events).toEqual([])
    uploader.stop()
  } finally {
    vi.useRealTimers()
  }
})
