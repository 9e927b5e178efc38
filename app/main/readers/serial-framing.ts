/**
 * Bytes of a serial scanner → codes, apart from what they mean. A code ends with CR, LF, Tab or ETX, begins after an
 * STX where the scanner sends one, or ends with silence (`endOfBytes`). Pure; how the bytes are cut into chunks makes
 * no difference.
 */
import { PASS_PREFIX, stripScannerFraming } from '../../../contract/pass/pass.ts'

/** Bytes of one code; a QR code holds 2,953 at most. */
export const LONGEST_SERIAL_FRAME = 4096

export type SerialFrame =
  | { readonly kind: 'text'; readonly text: string }
  /**
   * Too long, or not printable ASCII: line noise, control characters, and foreign codes in UTF-8 or windows-1251, of
   * which no letter could be ours.
   */
  | { readonly kind: 'garbage'; readonly length: number }

export interface SerialFraming {
  /** The printable part of the open code, at most LONGEST_SERIAL_FRAME characters. */
  readonly text: string
  readonly length: number
  readonly broken: boolean
  /** Reported as too long already: the rest is dropped until its end. */
  readonly overlong: boolean
}

export interface SerialFramingStep {
  readonly framing: SerialFraming
  readonly frames: readonly SerialFrame[]
}

export const NO_BYTES: SerialFraming = { text: '', length: 0, broken: false, overlong: false }

const STX = 0x02
const ETX = 0x03
const TAB = 0x09
const LF = 0x0a
const CR = 0x0d

/** A chunk as it came from the port. Never throws. */
export function takeBytes(framing: SerialFraming, chunk: Uint8Array): SerialFramingStep {
  const frames: SerialFrame[] = []
  let { text, length, broken, overlong } = framing
  for (const byte of chunk) {
    if (byte === CR || byte === LF || byte === TAB || byte === STX || byte === ETX) {
      frames.push(...endOfBytes({ text, length, broken, overlong }).frames)
      ;({ text, length, broken, overlong } = NO_BYTES)
    } else if (!overlong) {
      length += 1
      if (length > LONGEST_SERIAL_FRAME) {
        frames.push({ kind: 'garbage', length })
        overlong = true
        text = ''
      } else if (byte >= 0x20 && byte < 0x7f) {
        text += String.fromCharCode(byte)
      } else {
        broken = true
      }
    }
  }
  return { framing: { text, length, broken, overlong }, frames }
}

/** Nothing more came: what is there is the whole code. */
export function endOfBytes({ text, length, broken, overlong }: SerialFraming): SerialFramingStep {
  if (length === 0 || overlong) return { framing: NO_BYTES, frames: [] }
  const code = stripScannerFraming(text)
  const frame: SerialFrame = broken || code === '' ? { kind: 'garbage', length } : { kind: 'text', text: code }
  return { framing: NO_BYTES, frames: [frame] }
}

/** A code of ours has begun and is not whole yet. */
export function hasBegunPass(framing: SerialFraming): boolean {
  return !framing.broken && !framing.overlong && stripScannerFraming(framing.text).startsWith(PASS_PREFIX)
}
