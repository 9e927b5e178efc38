import fs from 'node:fs'
import qrcode from 'qrcode'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Decoder, Point } from './decoder.ts'
import { isOurs } from './look.ts'
import type { Luma } from './luma.ts'
import { startDecoder } from './start-decoder.ts'

const PASS = `QP1:${'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.repeat(4).slice(0, 144)}`
const FOREIGN = 'https://example.org/menu?table=7'
const GREY = 150

interface Placed {
  readonly text: string | Uint8Array
  readonly x: number
  readonly y: number
  readonly module?: number
  readonly inverted?: boolean
}

function scene(width: number, height: number, codes: readonly Placed[]): Luma {
  const data = new Uint8Array(width * height).fill(GREY)
  for (const { text, x, y, module = 4, inverted = false } of codes) {
    const segments = typeof text === 'string' ? text : [{ data: Buffer.from(text), mode: 'byte' as const }]
    const { modules } = qrcode.create(segments, { errorCorrectionLevel: 'M' })
    const [dark, light] = inverted ? [235, 20] : [20, 235]
    const side = (modules.size + 8) * module
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const [r, c] = [Math.floor(row / module) - 4, Math.floor(column / module) - 4]
        const inside = r >= 0 && c >= 0 && r < modules.size && c < modules.size
        data[(y + row) * width + x + column] = inside && modules.get(r, c) ? dark : light
      }
    }
  }
  return { data, width, height }
}

const wasmFile = new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
const wasm = async (): Promise<ArrayBuffer> => {
  const bytes = fs.readFileSync(wasmFile)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
const damaged = async (): Promise<ArrayBuffer> => {
  const bytes = new Uint8Array(await wasm())
  bytes[5000] = (bytes[5000] ?? 0) ^ 1
  return bytes.buffer
}

describe.each([
  ['ZXing-C++', wasm, 'zxing-wasm'],
  ['ZXing in JavaScript', damaged, 'zxing-library'],
] as const)('%s', (_name, fetchWasm, name) => {
  let decoder: Decoder
  beforeAll(async () => {
    ;({ decoder } = await startDecoder(fetchWasm))
    expect(decoder.name).toBe(name)
  })

  test('reads a pass, and says where it is', () => {
    const found = decoder.decode(scene(1280, 720, [{ text: PASS, x: 500, y: 250 }]), isOurs)
    expect(found?.text).toBe(PASS)
    // version 6 or so, 41 modules of 4 pixels and a margin of 4: corners within two modules of where they are drawn,
    // or of the centres of the finder patterns
    const xs = found?.corners.map(({ x }: Point) => x) ?? []
    const ys = found?.corners.map(({ y }: Point) => y) ?? []
    const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2
    expect(Math.abs(middle(xs) - (500 + 24.5 * 4))).toBeLessThan(16)
    expect(Math.abs(middle(ys) - (250 + 24.5 * 4))).toBeLessThan(16)
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(120)
  })
  test('reads a light code on a dark screen', () => {
    expect(decoder.decode(scene(1280, 720, [{ text: PASS, x: 300, y: 200, inverted: true }]), isOurs)?.text).toBe(PASS)
  })
  test('reads a small picture', () => {
    expect(decoder.decode(scene(320, 240, [{ text: PASS, x: 40, y: 20 }]), isOurs)?.text).toBe(PASS)
  })
  test('finds nothing in nothing', () => {
    expect(decoder.decode(scene(1280, 720, []), isOurs)).toBeUndefined()
  })
})

describe('ZXing-C++ alone', () => {
  let decoder: Decoder
  beforeAll(async () => {
    ;({ decoder } = await startDecoder(wasm))
  })

  test.each([
    ['left of', 100, 800],
    ['right of', 800, 100],
  ])('a pass %s a foreign code, however much larger that is, is what counts', (_where, x, foreignX) => {
    const codes = [
      { text: PASS, x, y: 300, module: 3 },
      { text: FOREIGN, x: foreignX, y: 200, module: 9 },
    ]
    expect(decoder.decode(scene(1280, 720, codes), isOurs)?.text).toBe(PASS)
  })
  test('a foreign code alone is told as what it is', () => {
    expect(decoder.decode(scene(1280, 720, [{ text: FOREIGN, x: 300, y: 200 }]), isOurs)?.text).toBe(FOREIGN)
  })
  test('a code under a finger is glimpsed though it cannot be read; where there is none, none is', () => {
    const picture = scene(1280, 720, [{ text: PASS, x: 500, y: 250 }])
    for (let y = 300; y < 380; y++) picture.data.fill(GREY, y * 1280 + 560, y * 1280 + 640)
    expect(decoder.decode(picture, isOurs)).toBeUndefined()
    expect(decoder.glimpse(picture)?.[0].x).toBeCloseTo(516, -1)
    expect(decoder.glimpse(scene(1280, 720, []))).toBeUndefined()
  })
  test('a code behind the stripes of a screen is read when it is looked at again', () => {
    const picture = scene(1280, 720, [{ text: PASS, x: 500, y: 250, module: 3 }])
    picture.data.forEach((grey, at) => {
      const [x, y] = [at % 1280, Math.floor(at / 1280)]
      picture.data[at] = grey * (0.71 + 0.29 * Math.sin(1.5 * x + 0.5 * y))
    })
    const texts = [1, 2, 3].map(() => decoder.decode(picture, isOurs)?.text)
    expect(texts).toContain(undefined)
    expect(texts).toContain(PASS)
  })
  test('letters of windows-1251 without a word about it', () => {
    const bytes = Uint8Array.from([0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2])
    expect(decoder.decode(scene(640, 480, [{ text: bytes, x: 100, y: 100 }]), isOurs)?.text).toBe('Иванов')
  })
  test('a thousand pictures later the memory is where it was', () => {
    const pictures = [scene(1280, 720, [{ text: PASS, x: 500, y: 250 }]), scene(1280, 720, [])] as const
    const run = (times: number): number => {
      for (let at = 0; at < times; at++) decoder.decode(at % 2 === 0 ? pictures[0] : pictures[1], isOurs)
      globalThis.gc?.()
      return process.memoryUsage().external
    }
    const before = run(50)
    expect(run(1000) - before).toBeLessThan(4 * 2 ** 20)
  }, 60_000)
})

test('a damaged WebAssembly module is not started: the reason is told', async () => {
  expect((await startDecoder(damaged)).insteadBecause).toMatch(/not the one that was shipped/)
})
test('one that cannot be had neither', async () => {
  const { decoder, insteadBecause } = await startDecoder(() => Promise.reject(new Error('404')))
  expect([decoder.name, insteadBecause]).toEqual(['zxing-library', '404'])
})
