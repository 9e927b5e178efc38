import { describe, expect, test } from 'vitest'
import { beforeScan, keyDown, type Burst } from './scanned-burst.ts'

/** A field into which keys were typed at these times, each adding an `x` for as long as there is room. */
function typed(from: string, times: readonly number[], room = 80): { readonly burst: Burst; readonly value: string } {
  let burst: Burst | undefined
  let value = from
  for (const at of times) {
    burst = keyDown(burst, value, at)
    if (value.length < room) value += 'x'
  }
  if (!burst) throw new RangeError('no keys')
  return { burst, value }
}
const every = (gap: number, count: number, start: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => start + at * gap)

describe('a scan', () => {
  test('is taken back as a whole, quick or slow, and what a person typed before it stays', () => {
    for (const gap of [2, 10, 80, 600]) {
      const { burst, value } = typed('Анна', every(gap, 40, 5000))
      expect(value).toBe(`Анна${'x'.repeat(40)}`)
      expect(beforeScan(burst, burst.lastAt + gap)).toBe('Анна')
    }
  })

  test('that is longer than the field goes on when nothing changes any more', () => {
    const { burst } = typed('Анна', every(80, 394, 0), 12)
    expect(beforeScan(burst, burst.lastAt + 600)).toBe('Анна')
  })

  test('begins after the pause in which a person reached for the code', () => {
    const person = every(200, 6, 0)
    const { burst } = typed('', [...person, ...every(10, 30, 1000 + 701)])
    expect(beforeScan(burst, burst.lastAt + 10)).toBe('x'.repeat(6))
  })

  test('that its own silence has ended, twice because the computer was busy, is still told of these keys', () => {
    const { burst } = typed('Анна', every(10, 30, 0))
    expect(beforeScan(burst, burst.lastAt + 1250)).toBe('Анна')
  })

  test('that came without keys here takes nothing back', () => {
    expect(beforeScan(undefined, 1000)).toBeUndefined()
    const { burst } = typed('', every(150, 20, 0))
    expect(beforeScan(burst, burst.lastAt + 1501)).toBeUndefined()
  })
})
