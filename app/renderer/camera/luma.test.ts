import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRoom, halve, lumaOfRgba, packRows, soften, type Luma } from './luma.ts'

const picture = fc
  .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 40 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data): Luma => ({ data: new Uint8Array(data), width, height })),
  )

describe('a picture at half its size', () => {
  test('each pixel is the mean of four', () => {
    fc.assert(
      fc.property(picture, (whole) => {
        const half = halve(whole, createRoom())
        expect([half.width, half.height]).toEqual([whole.width >> 1, whole.height >> 1])
        const at = (x: number, y: number): number => whole.data[y * whole.width + x] ?? 0
        for (let y = 0; y < half.height; y++) {
          for (let x = 0; x < half.width; x++) {
            const four = at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)
            expect(half.data[y * half.width + x]).toBe(Math.floor((four + 2) / 4))
          }
        }
      }),
      { seed: 45, numRuns: 60 },
    )
  })
})

describe('a softened picture', () => {
  test('each inner pixel is the mean of nine, weighed; the outermost stay', () => {
    fc.assert(
      fc.property(picture, (whole) => {
        const soft = soften(whole, createRoom())
        const { width, height } = whole
        const at = (x: number, y: number): number => whole.data[y * width + x] ?? 0
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const isInner = x > 0 && y > 0 && x < width - 1 && y < height - 1
            const row = (of: number): number => at(x - 1, of) + 2 * at(x, of) + at(x + 1, of)
            const mean = (row(y - 1) + 2 * row(y) + row(y + 1) + 8) >> 4
            expect(soft.data[y * width + x]).toBe(isInner ? mean : at(x, y))
          }
        }
      }),
      { seed: 47, numRuns: 60 },
    )
  })
})

test('rows that a camera pads, from wherever they start, come together', () => {
  fc.assert(
    fc.property(picture, fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 9 }), (whole, pad, offset) => {
      const stride = whole.width + pad
      const plane = new Uint8Array(offset + stride * whole.height).fill(255)
      for (let y = 0; y < whole.height; y++)
        plane.set(whole.data.subarray(y * whole.width, (y + 1) * whole.width), offset + y * stride)
      expect(packRows(plane, { offset, stride }, whole.width, whole.height)).toEqual(whole)
    }),
    { seed: 46, numRuns: 100 },
  )
})

test('colours become their brightness', () => {
  const rgba = new Uint8Array([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255])
  expect([...lumaOfRgba(rgba, 5, 1, createRoom()).data]).toEqual([255, 0, 76, 150, 29])
})

test('room is kept: a smaller picture lies in the same memory, a larger one gets more', () => {
  const room = createRoom()
  const first = room(100)
  expect(room(50).buffer).toBe(first.buffer)
  expect(room(200)).toHaveLength(200)
})
