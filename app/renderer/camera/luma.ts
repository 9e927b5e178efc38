/** One grey picture: the Y plane of a camera frame, a byte a pixel, rows without padding. */
export interface Luma {
  readonly data: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** Pictures come fifteen times a second: what they are written into is kept and grows only. */
export type Room = (bytes: number) => Uint8Array<ArrayBuffer>

export function createRoom(): Room {
  let room = new Uint8Array(0)
  return (bytes) => {
    if (room.length < bytes) room = new Uint8Array(bytes)
    return room.subarray(0, bytes)
  }
}

/** Half as wide and high, each pixel the mean of four. Every version of it is written into the same `room`. */
export function halve({ data, width, height }: Luma, room: Room): Luma {
  const half = { width: width >> 1, height: height >> 1 }
  const out = room(half.width * half.height)
  let at = 0
  for (let y = 0; y < half.height; y++) {
    let above = 2 * y * width
    for (let x = 0; x < half.width; x++, above += 2) {
      const below = above + width
      out[at++] = ((data[above] ?? 0) + (data[above + 1] ?? 0) + (data[below] ?? 0) + (data[below + 1] ?? 0) + 2) >> 2
    }
  }
  return { data: out, ...half }
}

/**
 * A little out of focus: each pixel the mean of nine, weighed 1-2-1 both ways; the outermost stay as they are. Noise and
 * the stripes of a screen go with it. Every version of it is written into the same `room`.
 */
export function soften({ data, width, height }: Luma, room: Room): Luma {
  const out = room(width * height)
  out.set(data)
  const column = (above: number): number =>
    (data[above] ?? 0) + 2 * (data[above + width] ?? 0) + (data[above + 2 * width] ?? 0)
  for (let y = 1; y < height - 1; y++) {
    let above = (y - 1) * width
    let left = column(above)
    let middle = column(above + 1)
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++, above++) {
      const right = column(above + 2)
      out[at] = (left + 2 * middle + right + 8) >> 4
      left = middle
      middle = right
    }
  }
  return { data: out, width, height }
}

/** Moves the rows of a plane together, in place, where the source pads them to `stride` bytes from `offset`. */
export function packRows(
  plane: Uint8Array<ArrayBuffer>,
  layout: { readonly offset: number; readonly stride: number },
  width: number,
  height: number,
): Luma {
  if (layout.offset !== 0 || layout.stride !== width) {
    for (let y = 0; y < height; y++) {
      const from = layout.offset + y * layout.stride
      plane.copyWithin(y * width, from, from + width)
    }
  }
  return { data: plane.subarray(0, width * height), width, height }
}

/** BT.601 weights in 1/1024, as ZXing-C++ takes them. */
export function lumaOfRgba(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number, room: Room): Luma {
  const out = room(width * height)
  for (let at = 0, from = 0; at < out.length; at++, from += 4) {
    out[at] = (306 * (rgba[from] ?? 0) + 601 * (rgba[from + 1] ?? 0) + 117 * (rgba[from + 2] ?? 0) + 512) >> 10
  }
  return { data: out, width, height }
}
