/** Random stories of a door, from a seed: what happens, in what order. */
import type { Weather } from './proxy.ts'

export type Step =
  | { readonly kind: 'scan'; readonly restricted: boolean }
  | { readonly kind: 'weather'; readonly weather: Weather }
  | { readonly kind: 'kill-kiosk'; readonly afterMs: number }
  | { readonly kind: 'kill-server'; readonly afterMs: number }
  | { readonly kind: 'kill-postgres'; readonly afterMs: number }
  | { readonly kind: 'pause'; readonly ms: number }

export type Random = () => number

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

const WEATHERS: readonly Weather[] = ['fair', 'fair', 'cut', 'stalled', 'replies-lost']

/** Between 6 and 14 steps; kills come within 40 ms of the scan before them, where they hurt. */
export function tellStory(random: Random): readonly Step[] {
  const upTo = (n: number): number => Math.floor(random() * n)
  const step = (): Step => {
    const dice = random()
    if (dice < 0.55) return { kind: 'scan', restricted: random() < 0.2 }
    if (dice < 0.75) return { kind: 'weather', weather: WEATHERS[upTo(WEATHERS.length)] ?? 'fair' }
    if (dice < 0.83) return { kind: 'kill-kiosk', afterMs: upTo(40) }
    if (dice < 0.86) return { kind: 'kill-server', afterMs: upTo(40) }
    if (dice < 0.87) return { kind: 'kill-postgres', afterMs: upTo(40) }
    return { kind: 'pause', ms: upTo(150) }
  }
  return [{ kind: 'scan', restricted: false }, ...Array.from({ length: 5 + upTo(9) }, step)]
}
