import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilItWorks } from './until-it-works.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('what fails is told and tried again after a pause, until it works', async () => {
  const full = new Error('database or disk is full')
  const refused = new Error('EPERM')
  const work = vi.fn<() => Promise<string>>()
  work.mockRejectedValueOnce(full).mockRejectedValueOnce(refused).mockResolvedValueOnce('opened')
  const onFailure = vi.fn()
  const done = vi.fn()
  void untilItWorks(work, onFailure).then(done)

  await vi.advanceTimersByTimeAsync(0)
  expect(onFailure.mock.calls).toEqual([[full]])
  await vi.advanceTimersByTimeAsync(4999)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(onFailure.mock.calls).toEqual([[full], [refused]])
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(5000)
  expect(done).toHaveBeenCalledExactlyOnceWith('opened')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(work).toHaveBeenCalledTimes(3)
})

test('what works is not tried again, and nothing is told', async () => {
  const onFailure = vi.fn()
  expect(await untilItWorks(() => Promise.resolve('opened'), onFailure)).toBe('opened')
  expect(onFailure).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

test('a failure that is thrown before any promise is tried again too', async () => {
  let tries = 0
  const onFailure = vi.fn()
  const opened = untilItWorks(() => {
    if (++tries === 1) throw new Error('at once')
    return Promise.resolve(tries)
  }, onFailure)
  await vi.advanceTimersByTimeAsync(5000)
  expect(await opened).toBe(2)
  expect(onFailure).toHaveBeenCalledTimes(1)
})
