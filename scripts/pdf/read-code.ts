/** A picture looked at as a kiosk's camera does: grey, by the same decoder. */
import { readFileSync } from 'node:fs'
import type { Decoder } from '../../app/renderer/camera/decoder.ts'
import { startDecoder } from '../../app/renderer/camera/start-decoder.ts'

interface Rgba {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

async function shippedModule(): Promise<ArrayBuffer> {
  const bytes = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
let decoder: Promise<Decoder> | undefined

/** @returns the code's text, or nothing where none was found */
export async function readCode({ width, height, data }: Rgba): Promise<string | undefined> {
  decoder ??= startDecoder(shippedModule).then((started) => started.decoder)
  const luma = new Uint8Array(width * height)
  for (let at = 0; at < luma.length; at++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(4 * at, 4 * at + 3)
    luma[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
  }
  return (await decoder).decode({ data: luma, width, height }, () => true)?.text
}
