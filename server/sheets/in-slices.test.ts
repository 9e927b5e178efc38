import { expect, test } from 'vitest'
import { inSlices } from './in-slices.ts'

test('what waits for the thread comes in between, and nothing is lost or moved', async () => {
  const order: unknown[] = []
  let left = 3
  const scan = (): void => {
    order.push('scan')
    if (--left > 0) setImmediate(scan)
  }
  setImmediate(scan)
  const numbers = Array.from({ length: 8 }, (_, n) => n)
  const doubled = await inSlices(numbers, (n) => {
    const began = performance.now()
    // as long as a slice may take
    while (performance.now() - began < 6);
    order.push(n)
    return n * 2
  })
  expect(doubled).toEqual(numbers.map((n) => n * 2))
  expect(order.filter((one) => one !== 'scan')).toEqual(numbers)
  expect(order.slice(1, -1)).toContain('scan')
})
