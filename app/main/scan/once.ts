/** Row 7 of deciding: the same code again within this time is the same presentation, and sees its last answer again. */
const SAME_PRESENTATION_MS = 10_000

export type Presentation<Answer> =
  { readonly kind: 'new' } | { readonly kind: 'under-way' } | { readonly kind: 'answered'; readonly answer: Answer }

/** Remembers what was presented a moment ago: cameras read a code fifteen times a second, people hold it up twice. */
export interface Once<Answer> {
  /** `now` in milliseconds of a monotonic clock. A `new` one is under way from here on. */
  present(text: string, now: number): Presentation<Answer>
  answer(text: string, answer: Answer, now: number): void
  /** It came to no answer: the same code is a new presentation. */
  forget(text: string): void
}

/** @param waits whether an answer still waits for a person: then its code is the same presentation however late */
export function createOnce<Answer>(waits: (answer: Answer) => boolean = () => false): Once<Answer> {
  const recent = new Map<string, { at: number; answer?: Answer }>()
  const isOver = ({ at, answer }: { at: number; answer?: Answer }, now: number): boolean =>
    now - at >= SAME_PRESENTATION_MS && !(answer !== undefined && waits(answer))
  return {
    present(text, now) {
      for (const [key, known] of recent) if (isOver(known, now)) recent.delete(key)
      const known = recent.get(text)
      if (known) return known.answer === undefined ? { kind: 'under-way' } : { kind: 'answered', answer: known.answer }
      recent.set(text, { at: now })
      return { kind: 'new' }
    },
    answer(text, answer, now) {
      recent.set(text, { at: now, answer })
    },
    forget: (text) => void recent.delete(text),
  }
}
