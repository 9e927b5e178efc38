import { describe, expect, test } from 'vitest'
import { createTelling } from './telling.ts'

/** Seen at every frame from one time to another. */
function held(
  telling: ReturnType<typeof createTelling>,
  text: string,
  ours: boolean,
  from: number,
  to: number,
): number {
  let told = 0
  for (let now = from; now <= to; now += 66) if (telling.isNews(text, ours, now)) told++
  return told
}

describe('a pass', () => {
  test('held for half a minute is told once', () => {
    expect(held(createTelling(), 'QP1:A', true, 0, 30_000)).toBe(1)
  })
  test('is told again when it was out of view for three seconds, not sooner', () => {
    const telling = createTelling()
    expect(telling.isNews('QP1:A', true, 0)).toBe(true)
    expect(telling.isNews('QP1:A', true, 2900)).toBe(false)
    expect(telling.isNews('QP1:A', true, 5900)).toBe(true)
  })
  test('beside another: each once', () => {
    const telling = createTelling()
    let told = 0
    for (let now = 0; now < 5000; now += 66) {
      if (telling.isNews('QP1:A', true, now)) told++
      if (telling.isNews('QP1:B', true, now)) told++
    }
    expect(told).toBe(2)
  })
})

test('begun afresh, what is still in view is told once more, a pass and a foreign code', () => {
  const telling = createTelling()
  expect(held(telling, 'QP1:A', true, 0, 5000)).toBe(1)
  expect(held(telling, 'menu', false, 7100, 8000)).toBe(1)
  telling.afresh()
  expect(held(telling, 'menu', false, 8066, 9000)).toBe(1)
  expect(held(telling, 'QP1:A', true, 9066, 12_000)).toBe(1)
})

describe('a foreign code', () => {
  test('on the wall is told once, whoever passes before it', () => {
    const telling = createTelling()
    expect(telling.isNews('poster', false, 0)).toBe(true)
    for (let visitor = 1; visitor < 20; visitor++) expect(telling.isNews('poster', false, visitor * 8000)).toBe(false)
  })
  test('does not cover the answer to a pass, and is told after it', () => {
    const telling = createTelling()
    expect(telling.isNews('QP1:A', true, 0)).toBe(true)
    expect(held(telling, 'menu', false, 100, 1900)).toBe(0)
    expect(telling.isNews('menu', false, 2100)).toBe(true)
  })
})

test('what was seen is forgotten: a day of visitors fills no memory', () => {
  const telling = createTelling()
  for (let visitor = 0; visitor < 10_000; visitor++)
    expect(telling.isNews(`QP1:${visitor}`, true, visitor * 4000)).toBe(true)
})
