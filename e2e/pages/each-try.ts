import { afterAll, beforeAll, beforeEach } from 'vitest'

/**
 * What a file's tests stand on. They share it, so that the lists which they look at fill; a test that is tried again begins
 * with its own, for what its first try did is done.
 */
export function standOn(start: () => Promise<void>, stop: () => Promise<void>): void {
  beforeAll(start)
  beforeEach(async ({ task }) => {
    if ((task.result?.retryCount ?? 0) === 0) return
    await stop()
    await start()
  })
  afterAll(stop)
}
