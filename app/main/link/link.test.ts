import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LinkState } from '../../preload/kiosk-api.ts'
import { createLink, type Link } from './link.ts'

const NOW = new Date('2026-11-22T19:00:00Z')
beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function make(probe: (link: Link) => Promise<void>) {
  const changes: LinkState[] = []
  const probes = vi.fn(() => probe(link))
  const link: Link = createLink({
    probe: probes,
    now: () => NOW,
    onChange: (state) => void changes.push(state),
    random: () => 1,
  })
  return { link, changes, probes }
}

test('a failed call takes it down, and a good probe brings it back, each told once', async () => {
  const { link, changes, probes } = make((made) => {
    made.answered()
    return Promise.resolve()
  })
  link.answered()
  link.failed()
  link.failed()
  expect(link.isUp()).toBe(false)
  await vi.advanceTimersByTimeAsync(1000)
  expect(link.isUp()).toBe(true)
  expect(probes).toHaveBeenCalledTimes(1)
  expect(changes).toEqual([{ kind: 'down', since: NOW.toISOString() }, { kind: 'up' }])
})

test('probes come less and less often, and at least every 30 s', async () => {
  const { link, probes } = make((made) => {
    made.failed()
    return Promise.reject(new Error('down'))
  })
  link.failed()
  const at: number[] = []
  const start = Date.now()
  probes.mockImplementation(() => {
    at.push((Date.now() - start) / 1000)
    return Promise.reject(new Error('down'))
  })
  await vi.advanceTimersByTimeAsync(180_000)
  expect(at).toEqual([1, 3, 7, 15, 31, 61, 91, 121, 151])
  link.stop()
})

test('a device that is not accepted goes on asking', async () => {
  const { link, changes, probes } = make((made) => {
    made.refused()
    return Promise.reject(new Error('401'))
  })
  link.refused()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(probes.mock.calls.length).toBeGreaterThan(2)
  expect(changes).toEqual([{ kind: 'refused' }])
  link.stop()
})

test('a stopped one probes no more', async () => {
  const { link, probes } = make(() => Promise.reject(new Error('down')))
  link.failed()
  link.stop()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(probes).not.toHaveBeenCalled()
})
