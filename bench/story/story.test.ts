import { expect, test } from 'vitest'
import { tellRegister } from './register.ts'

test('from an empty database to the first visit, every step of the order', async () => {
  const lines: string[] = []
  const { steps, failed } = await tellRegister((line) => lines.push(line))
  expect(failed, lines.join('\n')).toBe(0)
  expect(steps).toBeGreaterThan(20)
}, 180_000)
