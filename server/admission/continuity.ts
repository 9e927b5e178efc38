import { CHAIN_START, chainText, type SealedEvent } from '../../contract/kiosk/admission.ts'

/** How far a device's queue has come. */
export interface QueueEnd {
  readonly seq: number
  readonly chain: string
}
export const QUEUE_START: QueueEnd = { seq: 0, chain: CHAIN_START }

/** Something that a whole queue would not show: events that never came, or one that is not the one that was written. */
export interface QueueBreak {
  readonly kind: 'gap' | 'chain'
  readonly from: number
  readonly to: number
}

export interface Continued {
  readonly end: QueueEnd
  readonly breaks: readonly QueueBreak[]
  /** of events that lie before the end: repeated, or late in a gap */
  readonly earlier: readonly number[]
}

/** Where a queue stands after more of its events, in whatever order they came. @param sha256 of a text, hex */
export function continued(end: QueueEnd, events: readonly SealedEvent[], sha256: (text: string) => string): Continued {
  const breaks: QueueBreak[] = []
  const earlier: number[] = []
  for (const event of events.toSorted((one, other) => one.seq - other.seq)) {
    const { seq, chain } = event
    if (seq <= end.seq) {
      earlier.push(seq)
      continue
    }
    if (seq > end.seq + 1) breaks.push({ kind: 'gap', from: end.seq + 1, to: seq - 1 })
    else if (sha256(chainText(end.chain, event)) !== chain) breaks.push({ kind: 'chain', from: seq, to: seq })
    end = { seq, chain }
  }
  return { end, breaks, earlier }
}

/** What is left of a gap once some of its events have come after all. */
export function gapWithout(
  { from, to }: Pick<QueueBreak, 'from' | 'to'>,
  arrived: readonly number[],
): readonly QueueBreak[] {
  const left: QueueBreak[] = []
  let start = from
  for (const seq of [...new Set(arrived)].filter((one) => one >= from && one <= to).sort((a, b) => a - b)) {
    if (seq > start) left.push({ kind: 'gap', from: start, to: seq - 1 })
    start = seq + 1
  }
  if (start <= to) left.push({ kind: 'gap', from: start, to })
  return left
}
