/** Random stories of some doors, from a seed: what happens, in what order. */
import type { Weather } from './proxy.ts'

export type Step =
  | { readonly kind: 'scan'; readonly door: number; readonly restricted: boolean }
  | { readonly kind: 'weather'; readonly door: number; readonly weather: Weather }
  | { readonly kind: 'kill-kiosk'; readonly door: number; readonly afterMs: number }
  /** as a kill, and what the disk had not been told to keep is gone or torn */
  | { readonly kind: 'power-cut'; readonly door: number; readonly afterMs: number }
  /** the device's clock is set, milliseconds from what is true */
  | { readonly kind: 'clock'; readonly door: number; readonly off: number }
  /** the kiosk is started anew on a disk with room for a few rows, or for all again */
  | { readonly kind: 'disk'; readonly door: number; readonly small: boolean }
  | { readonly kind: 'kill-server'; readonly afterMs: number }
  | { readonly kind: 'kill-postgres'; readonly afterMs: number }
  /** somebody is restricted, or recovers, in the middle of it all */
  | { readonly kind: 'change-list' }
  | { readonly kind: 'pause'; readonly ms: number }

export type Random = () => number

export interface Story {
  readonly doors: number
  readonly steps: readonly Step[]
}

/** mulberry32: 32 bits of state, the same numbers from the same seed everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const WEATHERS: readonly Weather[] = [
  'fair',
  'fair',
  'cut',
  'stalled',
  'replies-lost',
  'slow',
  'garbled',
  'truncated',
  'replaying',
]
const DAY_MS = 24 * 3_600_000

/** One to three doors, between 6 and 14 steps; kills come within 40 ms of the scan before them, where they hurt. */
export function tellStory(random: Random): Story {
  const upTo = (n: number): number => Math.floor(random() * n)
  const doors = 1 + upTo(3)
  const step = (): Step => {
    const dice = random()
    const door = upTo(doors)
    if (dice < 0.5) return { kind: 'scan', door, restricted: random() < 0.2 }
    if (dice < 0.7) return { kind: 'weather', door, weather: WEATHERS[upTo(WEATHERS.length)] ?? 'fair' }
    if (dice < 0.76) return { kind: 'kill-kiosk', door, afterMs: upTo(40) }
    if (dice < 0.8) return { kind: 'power-cut', door, afterMs: upTo(40) }
    if (dice < 0.84) return { kind: 'clock', door, off: [-DAY_MS, 0, DAY_MS][upTo(3)] ?? 0 }
    if (dice < 0.87) return { kind: 'disk', door, small: random() < 0.6 }
    if (dice < 0.9) return { kind: 'kill-server', afterMs: upTo(40) }
    if (dice < 0.91) return { kind: 'kill-postgres', afterMs: upTo(40) }
    if (dice < 0.94) return { kind: 'change-list' }
    return { kind: 'pause', ms: upTo(150) }
  }
  return {
    doors,
    steps: [{ kind: 'scan', door: 0, restricted: false }, ...Array.from({ length: 5 + upTo(9) }, step)],
  }
}
