/**
 * The three codes of the calibration sheet: what each proves, and what a scanner's faults make of their texts.
 *
 * [Note: what is heard] A keyboard scanner is heard by physical keys on a US keyboard, so a scanner that is set to
 * another country's keyboard is heard as other characters, always the same ones; a serial one is heard by its bytes.
 */
import { assertNever } from '../assert-never.ts'
import { BASE45_ALPHABET } from '../pass/base45.ts'

export type CodeName = 'alphabet' | 'case' | 'length'
export const CODE_NAMES: readonly CodeName[] = ['alphabet', 'case', 'length']

/** As long as a pass of three months. */
const PASS_LENGTH = 148

export const CALIBRATION_CODES: Readonly<Record<CodeName, string>> = {
  /** every character a pass can hold, in order: layout, Shift, and characters that are lost */
  alphabet: `QPC1:${BASE45_ALPHABET}`,
  /** small letters beside capitals tell "all small" from "turned round"; two spaces, and one at the end, must arrive */
  case: `QPC2:${Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => letter.toLowerCase() + letter).join('')}  1 2 `,
  /** as long and as mixed as a pass: speed, and keys lost at that speed */
  length: `QPC3:${mixed(PASS_LENGTH - 5)}`,
}

export const CALIBRATION_TEXT = /^QPC[123]:/

/**
 * What a keyboard set to another country's layout makes of the 45 characters, heard as US keys. Compared with the
 * symbols of xkeyboard-config (de, ch, fr, be, it, es, pt). The British and the Polish layout change none of them.
 */
export const LAYOUTS = {
  german: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXZY $%}]/.&>',
  swiss: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXZY \\%#!/.&>',
  french: ')!@#$%^&*(QBCDEFGHIJKL:NOPARSTUVZXYW ]"\\+6<>.',
  belgian: ')!@#$%^&*(QBCDEFGHIJKL:NOPARSTUVZXYW ]"}?=<>.',
  'italian-spanish': '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%}]/.&>',
  portuguese: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%{[/.&>',
} as const
export type Layout = keyof typeof LAYOUTS
export const LAYOUT_NAMES = ['german', 'swiss', 'french', 'belgian', 'italian-spanish', 'portuguese'] as const

export type LetterCase = 'kept' | 'upper' | 'lower' | 'inverted'
export type Spaces = 'kept' | 'collapsed' | 'trimmed' | 'collapsed-and-trimmed' | 'removed'

/** How a scanner is set, as far as it changes what is heard. */
export interface ScannerSetting {
  readonly layout: Layout | 'us'
  readonly letters: LetterCase
  readonly spaces: Spaces
}

/** The right one first, then by how much is wrong: where two explain the same, the simpler one is believed. */
export const SCANNER_SETTINGS: readonly ScannerSetting[] = (['us', ...LAYOUT_NAMES] as const)
  .flatMap((layout) =>
    (['kept', 'upper', 'lower', 'inverted'] as const).flatMap((letters) =>
      (['kept', 'collapsed', 'trimmed', 'collapsed-and-trimmed', 'removed'] as const).map((spaces) => ({
        layout,
        letters,
        spaces,
      })),
    ),
  )
  .toSorted((one, other) => wrongness(one) - wrongness(other))

function wrongness({ layout, letters, spaces }: ScannerSetting): number {
  return Number(layout !== 'us') + Number(letters !== 'kept') + Number(spaces !== 'kept')
}

/** What is heard of a text that a scanner with this setting reads. */
export function heardThrough(text: string, { layout, letters, spaces }: ScannerSetting): string {
  const cased = spaced(withCase(text, letters), spaces)
  if (layout === 'us') return cased
  const keys = LAYOUTS[layout]
  return Array.from(cased, (character) => {
    const upper = character.toUpperCase()
    const key = keys[BASE45_ALPHABET.indexOf(upper)] ?? character
    return upper === character ? key : unshifted(key)
  }).join('')
}

function withCase(text: string, letters: LetterCase): string {
  switch (letters) {
    case 'kept':
      return text
    case 'upper':
      return text.toUpperCase()
    case 'lower':
      return text.toLowerCase()
    case 'inverted':
      return text.replace(/[a-z]/gi, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      )
    default:
      return assertNever(letters)
  }
}

function spaced(text: string, spaces: Spaces): string {
  switch (spaces) {
    case 'kept':
      return text
    case 'collapsed':
      return text.replace(/ +/g, ' ')
    case 'trimmed':
      return text.trim()
    case 'collapsed-and-trimmed':
      return text.replace(/ +/g, ' ').trim()
    case 'removed':
      return text.replaceAll(' ', '')
    default:
      return assertNever(spaces)
  }
}

/** The same key without Shift; only letters move on the layouts above, and the French M, to the semicolon. */
const unshifted = (key: string): string => (key === ':' ? ';' : key.toLowerCase())

/** Characters in no order, always the same: a linear congruential generator (Numerical Recipes' constants). */
function mixed(length: number): string {
  let state = 45
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return BASE45_ALPHABET.charAt(Math.floor((state / 2 ** 32) * 45))
  }).join('')
}
