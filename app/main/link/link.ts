import type { LinkState } from '../../preload/kiosk-api.ts'

/**
 * Whether the server can be reached, as the last call told. While it is down nobody waits for it at the door; a probe in
 * the background (1 s apart at first, then up to 30 s, at random, so that 20,000 kiosks do not knock together) notices when
 * it is back.
 */
export interface Link {
  state(): LinkState
  isUp(): boolean
  /** A call got a good answer. */
  answered(): void
  /** A call got none, or not in time. */
  failed(): void
  /** The server does not accept this device. Probing goes on: it may be accepted again. */
  refused(): void
  stop(): void
}

export interface LinkParts {
  /** Resolves when the server is well and knows us; rejects otherwise. Must end by itself. */
  readonly probe: () => Promise<unknown>
  readonly now: () => Date
  readonly onChange: (state: LinkState) => void
  readonly random?: () => number
}

const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 30_000

export function createLink(parts: LinkParts): Link {
  const random = parts.random ?? Math.random
  let state: LinkState = { kind: 'up' }
  let lastAnswer: Date | undefined
  let attempts = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const become = (next: LinkState): void => {
    const changed = next.kind !== state.kind
    state = next
    if (changed) parts.onChange(state)
  }
  const probeLater = (): void => {
    if (timer !== undefined || stopped) return
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts++)
    timer = setTimeout(() => void probeNow(), longest * (0.5 + random() / 2))
  }
  const probeNow = async (): Promise<void> => {
    try {
      // A good answer reaches `answered`, a bad one `failed` or `refused`, through the client's own calls.
      await parts.probe()
    } catch {
      // told to us already
    } finally {
      timer = undefined
      if (state.kind !== 'up') probeLater()
    }
  }

  return {
    state: () => state,
    isUp: () => state.kind === 'up',
    answered() {
      lastAnswer = parts.now()
      attempts = 0
      become({ kind: 'up' })
    },
    failed() {
      become({ kind: 'down', ...(lastAnswer ? { since: lastAnswer.toISOString() } : {}) })
      probeLater()
    },
    refused() {
      become({ kind: 'refused' })
      probeLater()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
