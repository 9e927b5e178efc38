/** Bytes and keys as a broken, hostile or merely strange scanner sends them, through the framing of both readers. */
import { endOfBytes, takeBytes, NO_BYTES } from '../../app/main/readers/serial-framing.ts'
import { fallSilent, pressKey, WEDGE_IDLE } from '../../app/main/readers/wedge-decoder.ts'
import { US_KEYS, type WedgeKey } from '../../app/main/readers/wedge-keys.ts'
import { issued } from './issued.ts'
import { verdictOnText } from './pass-case.ts'
import { passMutations } from './pass-mutations.ts'
import { calmed, type Random } from './random.ts'
import type { TextCase, Verdict } from './text-case.ts'

const ends = ['\r', '\n', '\r\n', '\t', '\x02', '\x03', '', '\0']

/** Codes, ours or not, whole, cut, glued together and with noise between. */
function stream(random: Random): Uint8Array {
  const pieces = Array.from({ length: 1 + random.below(4) }, () => {
    const text = random.pick<() => string>([
      () => random.pick(issued),
      () => random.pick(issued).slice(random.below(150), random.below(200)),
      () => `]Q${random.below(8)}${random.pick(issued)}`,
      () => passMutations.foreignText(random),
      () => passMutations.editCharacters(random),
      () => Buffer.from(random.bytes(random.below(random.once(20) ? 10_000 : 300))).toString('latin1'),
    ])()
    return random.pick(ends) + text + random.pick(ends)
  })
  return Buffer.from(pieces.join(''), random.once(2) ? 'utf8' : 'latin1')
}

/** Several codes may have come out of one stream; the most telling verdict counts. */
function worstOf(texts: readonly string[]): Verdict {
  const verdicts = new Set(texts.map((text) => verdictOnText(text)))
  const order: readonly Verdict[] = ['accepted', 'issued', 'forged', 'revoked-key', 'unknown-key']
  return order.find((verdict) => verdicts.has(verdict)) ?? 'unreadable'
}

function serialCase(random: Random): TextCase {
  const bytes = stream(random)
  const cuts = 1 + random.below(40)
  return {
    how: 'serial',
    input: Buffer.from(bytes).toString('latin1'),
    run: () => {
      let framing = NO_BYTES
      const texts: string[] = []
      const keep = ({ framing: next, frames }: ReturnType<typeof takeBytes>): void => {
        framing = next
        for (const frame of frames) if (frame.kind === 'text') texts.push(frame.text)
      }
      for (let at = 0; at < bytes.length; at += cuts) {
        keep(takeBytes(framing, bytes.subarray(at, at + cuts)))
        if (at % 7 === 6) keep(endOfBytes(framing))
      }
      keep(endOfBytes(framing))
      return worstOf(texts)
    },
  }
}

const codes = [...US_KEYS.keys(), 'Enter', 'Tab', 'ShiftLeft', 'CapsLock', 'F5', 'Escape', 'Unidentified', '']
const strokes = new Map(
  [...US_KEYS].flatMap(([code, shifts]) => shifts.map((text, at) => [text, [code, at === 1]] as const)),
)

function wedgeCase(wild: Random): TextCase {
  const random = calmed(wild, wild.pick([1, 20, 1000]))
  const input = wild.once(2) ? random.pick(issued) : passMutations.editCharacters(random)
  let at = 0
  const keys = Array.from(`${input}\r`, (character): WedgeKey => {
    const stray = random.once(60)
    const [code, shift] = strokes.get(character) ?? (character === '\r' ? ['Enter', false] : ['Unidentified', false])
    at += random.once(200) ? random.below(3000) : random.below(40)
    return {
      code: stray ? random.pick(codes) : code,
      shift: random.once(100) ? !shift : shift,
      control: random.once(200),
      alt: random.once(200),
      meta: random.once(500),
      isAutoRepeat: random.once(300),
      at,
    }
  })
  return {
    how: 'wedge',
    input,
    run: () => {
      let state = WEDGE_IDLE
      const texts: string[] = []
      for (const key of keys) {
        const step = pressKey(state, key)
        state = step.state
        for (const signal of step.signals) if (signal.kind === 'scan') texts.push(signal.text)
      }
      for (const signal of fallSilent(state, at).signals) if (signal.kind === 'scan') texts.push(signal.text)
      return worstOf(texts)
    },
  }
}

export const readerCase = (random: Random): TextCase => (random.once(2) ? serialCase(random) : wedgeCase(random))
