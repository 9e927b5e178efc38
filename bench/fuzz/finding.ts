/** What a run looks for. `accepted`: a pass that nobody issued. */
export interface Finding {
  readonly kind: 'accepted' | 'hang' | 'thrown' | 'server_error'
  readonly part: string
  readonly index: number
  readonly how: string
  /** SHA-256 of the input, hex, and the input itself: all keys and people in here are made up. */
  readonly hash: string
  readonly input: string
}

/** An input that keeps the processor longer than this, ms, is a hang. */
export const HANG = 1000
