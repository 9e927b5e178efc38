import type { ResultState } from '../preload/kiosk-api.ts'

/** Row 7 of deciding: the same code again within this time is the same presentation, and sees its last answer again. */
const SAME_PRESENTATION_MS = 10_000

export type Presentation =
  { readonly kind: 'new' } | { readonly kind: 'under-way' } | { readonly kind: 'answered'; readonly state: ResultState }

/** Remembers what was presented a moment ago: cameras read a code fifteen times a second, people hold it up twice. */
export interface Once {
  /** `now` in milliseconds of a monotonic clock. A `new` one is under way from here on. */
  present(text: string, now: number): Presentation
  answer(text: string, state: ResultState, now: number): void
}

export function createOnce(): Once {
  const recent = new Map<string, { at: number; state?: ResultState }>()
  return {
    present(text, now) {
      for (const [key, { at }] of recent) if (now - at >= SAME_PRESENTATION_MS) recent.delete(key)
      const known = recent.get(text)
      if (known) return known.state ? { kind: 'answered', state: known.state } : { kind: 'under-way' }
      recent.set(text, { at: now })
      return { kind: 'new' }
    },
    answer(text, state, now) {
      recent.set(text, { at: now, state })
    },
  }
}
