import type { Luma } from './luma.ts'

export interface Point {
  readonly x: number
  readonly y: number
}
/** Of the code, in pixels of the picture, going round. */
export type Corners = readonly [Point, Point, Point, Point]

export interface Symbol {
  readonly text: string
  readonly corners: Corners
}

/** Finds codes in a picture. With several in it, one that `wanted` says yes to comes before any other. */
export interface Decoder {
  readonly name: 'zxing-wasm' | 'zxing-library'
  decode(picture: Luma, wanted: (text: string) => boolean): Symbol | undefined
  /** Where a code is that cannot be read: smeared, under a finger, in a lamp's glare. Costs as much as `decode`. */
  glimpse(picture: Luma): Corners | undefined
}
