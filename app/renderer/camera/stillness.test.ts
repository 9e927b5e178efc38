import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Luma } from './luma.ts'
import { moved, sampleOf } from './stillness.ts'

const WIDTH = 640
const HEIGHT = 360

function hall(noise: (at: number) => number = () => 0): Luma {
  const data = new Uint8Array(WIDTH * HEIGHT)
  for (let at = 0; at < data.length; at++) data[at] = 120 + (at % WIDTH) / 16 + noise(at)
  return { data, width: WIDTH, height: HEIGHT }
}

function withPatch(picture: Luma, x: number, y: number, side: number, grey: number): Luma {
  const data = new Uint8Array(picture.data)
  for (let row = y; row < y + side; row++) data.fill(grey, row * WIDTH + x, row * WIDTH + x + side)
  return { ...picture, data }
}

test('the noise of a webcam is no movement', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: -10, max: 10 })), (noise) => {
      const next = (): number => Number(noise.next().value)
      expect(moved(sampleOf(hall(next)), sampleOf(hall(next)))).toBe(false)
    }),
    { seed: 7, numRuns: 5 },
  )
})

test('a phone that comes into the picture is, wherever: also one as small as can be read', () => {
  const before = sampleOf(hall())
  fc.assert(
    fc.property(fc.integer({ min: 0, max: WIDTH - 90 }), fc.integer({ min: 0, max: HEIGHT - 90 }), (x, y) => {
      expect(moved(before, sampleOf(withPatch(hall(), x, y, 90, 240)))).toBe(true)
    }),
    { seed: 8, numRuns: 200 },
  )
})

test('another size of picture is another picture', () => {
  expect(moved(sampleOf(hall()), sampleOf({ data: new Uint8Array(320 * 180), width: 320, height: 180 }))).toBe(true)
})
