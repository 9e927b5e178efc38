/** ZXing in JavaScript: reads a third of what ZXing-C++ reads in bad light, but anywhere. Loaded only where it is needed. */
import {
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  PlanarYUVLuminanceSource,
  QRCodeReader,
  type LuminanceSource,
  type ResultPoint,
} from '@zxing/library'
import type { Corners, Decoder, Symbol } from './decoder.ts'
import type { Luma } from './luma.ts'

const HINTS = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]])

export function createLibraryDecoder(): Decoder {
  const reader = new QRCodeReader()
  const read = (source: LuminanceSource): Symbol | undefined => {
    try {
      const result = reader.decode(new BinaryBitmap(new HybridBinarizer(source)), HINTS)
      const text = result.getText()
      return text === '' ? undefined : { text, corners: cornersOf(result.getResultPoints()) }
    } catch {
      // it says "there is no code in this picture" with one of a dozen exceptions
      return undefined
    }
  }
  return {
    name: 'zxing-library',
    decode(picture) {
      const source = sourceOf(picture)
      return read(source) ?? read(source.invert())
    },
    // it does not tell a code that it cannot read from no code
    glimpse: () => undefined,
  }
}

function sourceOf({ data, width, height }: Luma): LuminanceSource {
  return new PlanarYUVLuminanceSource(
    new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
    width,
    height,
    0,
    0,
    width,
    height,
    false,
  )
}

/** It tells the centres of the three finder patterns: bottom left, top left, top right. The fourth follows. */
function cornersOf([bottomLeft, topLeft, topRight]: readonly ResultPoint[]): Corners {
  const point = (of: ResultPoint | undefined): { x: number; y: number } => ({ x: of?.getX() ?? 0, y: of?.getY() ?? 0 })
  const [a, b, d] = [point(topLeft), point(topRight), point(bottomLeft)]
  return [a, b, { x: b.x + d.x - a.x, y: b.y + d.y - a.y }, d]
}
