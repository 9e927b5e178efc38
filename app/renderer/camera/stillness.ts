/** Whether anything moves before the camera, from one pixel in 256: cheap enough for every frame. */
import type { Luma } from './luma.ts'

const STEP = 16
/** Grey levels: a webcam's noise in a dim hall stays below (sigma 5–8). */
const CHANGED_BY = 24
/** A phone far away covers 1 % of a 720p picture. */
const CHANGED_PART = 0.003

export type Sample = Uint8Array<ArrayBuffer>

export function sampleOf({ data, width, height }: Luma): Sample {
  const columns = Math.floor(width / STEP)
  const rows = Math.floor(height / STEP)
  const sample = new Uint8Array(columns * rows)
  for (let row = 0, at = 0; row < rows; row++) {
    let from = (row * STEP + STEP / 2) * width + STEP / 2
    for (let column = 0; column < columns; column++, from += STEP) sample[at++] = data[from] ?? 0
  }
  return sample
}

/** Another size is another picture. */
export function moved(before: Sample, now: Sample): boolean {
  if (before.length !== now.length) return true
  let changed = 0
  for (let at = 0; at < now.length; at++) {
    if (Math.abs((now[at] ?? 0) - (before[at] ?? 0)) > CHANGED_BY) changed++
  }
  return changed > CHANGED_PART * now.length
}
