import { assertNever } from '../../contract/assert-never.ts'

/** What came of one attempt. `error`: a code and a stage, never the other server's words: those quote the address. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** nobody is to blame, or the outcome is not known */
  | { readonly kind: 'later'; readonly error: string }
  /** the recipient's server does not take this recipient */
  | { readonly kind: 'bounced'; readonly error: string }
  /** it does not take this mail */
  | { readonly kind: 'refused'; readonly error: string }

export type Settled =
  | { readonly state: 'sent' }
  | { readonly state: 'queued'; readonly error: string; readonly delayMs: number }
  | { readonly state: 'bounced' | 'failed'; readonly error: string }

export interface Patience {
  /** the second attempt comes within this time */
  readonly firstMs: number
  readonly longestMs: number
  /** since it was written */
  readonly giveUpMs: number
}
export const PATIENCE: Patience = { firstMs: 30_000, longestMs: 3_600_000, giveUpMs: 3 * 24 * 3_600_000 }

/** Full jitter: many mails that wait for one server do not come back all at once. `random`: from 0 to 1. */
export function settle(
  outcome: Outcome,
  mail: { readonly attempts: number; readonly ageMs: number },
  random: number,
  patience: Patience = PATIENCE,
): Settled {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent' }
    case 'later': {
      if (mail.ageMs >= patience.giveUpMs) return { state: 'failed', error: outcome.error }
      const within = Math.min(patience.longestMs, patience.firstMs * 2 ** Math.min(mail.attempts - 1, 30))
      return { state: 'queued', error: outcome.error, delayMs: Math.round(random * within) }
    }
    case 'bounced':
      return { state: 'bounced', error: outcome.error }
    case 'refused':
      return { state: 'failed', error: outcome.error }
    default:
      return assertNever(outcome)
  }
}

/**
 * Of whatever the SMTP client threw. 5xx to RCPT is about the recipient, to DATA about the mail. 5xx to what comes before
 * (greeting, sign-in, MAIL FROM) is about us: the mail waits until somebody has put it right.
 */
export function outcomeOf(thrown: unknown): Exclude<Outcome, { kind: 'sent' }> {
  const { code, command, responseCode } = fieldsOf(thrown)
  const error = [command, responseCode ?? code ?? 'unknown'].filter((word) => word !== undefined).join(' ')
  const isFinal = responseCode !== undefined && responseCode >= 500
  if (isFinal && command === 'RCPT TO') return { kind: 'bounced', error }
  if (isFinal && command === 'DATA') return { kind: 'refused', error }
  return { kind: 'later', error }
}

function fieldsOf(thrown: unknown): { code?: string; command?: string; responseCode?: number } {
  if (!(thrown instanceof Error)) return {}
  return {
    ...('code' in thrown && typeof thrown.code === 'string' && { code: thrown.code }),
    ...('command' in thrown && typeof thrown.command === 'string' && { command: thrown.command.slice(0, 20) }),
    ...('responseCode' in thrown && typeof thrown.responseCode === 'number' && { responseCode: thrown.responseCode }),
  }
}
