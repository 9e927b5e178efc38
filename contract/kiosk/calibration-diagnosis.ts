/** What is wrong with a scanner, told from what was heard of the calibration sheet. Pure. */
import {
  CALIBRATION_CODES,
  CODE_NAMES,
  heardThrough,
  SCANNER_SETTINGS,
  type CodeName,
  type Layout,
  type ScannerSetting,
  type Spaces,
} from './calibration.ts'

/** One reading, oldest first in a list. */
export type Heard =
  | {
      readonly kind: 'text'
      readonly text: string
      /** mean time from one character to the next, where it could be measured */
      readonly msPerCharacter?: number | undefined
    }
  /** keys that are no text: Alt with the keypad, control characters */
  | { readonly kind: 'garbage' }

export type Finding =
  /** all three codes came as they are printed; so long, ms, takes a pass where it is typed */
  | { readonly kind: 'all-well'; readonly passMs?: number }
  | { readonly kind: 'lower-case' }
  | { readonly kind: 'case-inverted' }
  /** `unknown`: none of the layouts known here; these characters came as others */
  | { readonly kind: 'layout'; readonly layout: Layout | 'unknown'; readonly confused: readonly string[] }
  /** characters before each code; `learnt`: they can be taken off from now on */
  | { readonly kind: 'prefix'; readonly text: string; readonly learnt: boolean }
  /** printable characters after each code; Enter, Tab and silence are all right */
  | { readonly kind: 'suffix'; readonly text: string }
  | { readonly kind: 'spaces'; readonly how: Exclude<Spaces, 'kept'> }
  | { readonly kind: 'characters-dropped'; readonly code: CodeName; readonly lost: number }
  | { readonly kind: 'slow'; readonly msPerCharacter: number; readonly passMs: number }
  | { readonly kind: 'no-text' }
  | { readonly kind: 'not-the-sheet' }

export interface Diagnosis {
  /** codes that are understood, whatever is wrong with them */
  readonly read: readonly CodeName[]
  readonly findings: readonly Finding[]
}

/** `KioskSetup.prefixes` hold so many. */
const LONGEST_PREFIX = 16
/** A pass that takes longer, ms, makes a queue. */
const SLOW_PASS = 3000
/** Share of a code's characters that must be there, in order, to say which one lost some. */
const ENOUGH = 0.6

interface Match {
  readonly code: CodeName
  readonly prefix: string
  readonly suffix: string
}

/**
 * What one scanner's readings tell together. The newest reading of a code counts, and the newest of all decides: a
 * scanner may have been set anew in the meantime.
 */
export function diagnose(heard: readonly Heard[]): Diagnosis {
  const last = heard.at(-1)
  if (last === undefined) return { read: [], findings: [] }
  if (last.kind === 'garbage') return { read: [], findings: [{ kind: 'no-text' }] }
  const texts = heard.filter((one) => one.kind === 'text')
  const setting = likeliest(texts.map(({ text }) => text))
  const newest = setting && matchOf(last.text, setting)
  if (!setting || !newest) return { read: [], findings: [wreckOf(last.text)] }

  const read = CODE_NAMES.filter((code) => texts.some(({ text }) => matchOf(text, setting)?.code === code))
  const faults: Finding[] = [...settingFaults(setting), ...framingFaults(newest, setting)]
  const slow = slowness(texts.findLast(({ msPerCharacter }) => msPerCharacter !== undefined)?.msPerCharacter)
  const passMs = slow?.passMs
  const findings: Finding[] = slow && slow.passMs > SLOW_PASS ? [...faults, slow] : faults
  if (findings.every(isHarmless) && read.length === CODE_NAMES.length)
    findings.push({ kind: 'all-well', ...(passMs === undefined ? {} : { passMs }) })
  return { read, findings }
}

/** It is told, and the scanner can stay as it is. */
export function isHarmless(finding: Finding): boolean {
  return finding.kind === 'all-well' || finding.kind === 'slow' || (finding.kind === 'prefix' && finding.learnt)
}

/** Of the settings that explain the newest reading the one that explains most, and of these the simplest. */
function likeliest(texts: readonly string[]): ScannerSetting | undefined {
  let best: { readonly setting: ScannerSetting; readonly explains: number } | undefined
  for (const setting of SCANNER_SETTINGS) {
    if (!matchOf(texts.at(-1) ?? '', setting)) continue
    const explains = texts.filter((text) => matchOf(text, setting)).length
    if (!best || explains > best.explains) best = { setting, explains }
  }
  return best?.setting
}

function matchOf(text: string, setting: ScannerSetting): Match | undefined {
  for (const code of CODE_NAMES) {
    const expected = heardThrough(CALIBRATION_CODES[code], setting)
    const at = text.indexOf(expected)
    // an AIM identifier may stand between a prefix and the code
    if (at >= 0)
      return {
        code,
        prefix: text.slice(0, at).replace(/\][Qq][0-6]$/, ''),
        suffix: text.slice(at + expected.length),
      }
  }
  return undefined
}

function settingFaults({ layout, letters, spaces }: ScannerSetting): Finding[] {
  const faults: Finding[] = []
  if (layout !== 'us') faults.push({ kind: 'layout', layout, confused: [] })
  if (letters === 'lower') faults.push({ kind: 'lower-case' })
  if (letters === 'inverted') faults.push({ kind: 'case-inverted' })
  if (spaces !== 'kept') faults.push({ kind: 'spaces', how: spaces })
  return faults
}

/** A prefix is learnt as it arrives: where letters or keys arrive wrong it will be another one when they are right. */
function framingFaults({ prefix, suffix }: Match, { layout, letters }: ScannerSetting): Finding[] {
  const learnt = prefix.length <= LONGEST_PREFIX && layout === 'us' && (letters === 'kept' || letters === 'upper')
  return [
    ...(prefix === '' ? [] : [{ kind: 'prefix' as const, text: prefix, learnt }]),
    ...(suffix === '' ? [] : [{ kind: 'suffix' as const, text: suffix }]),
  ]
}

function slowness(msPerCharacter: number | undefined): Extract<Finding, { kind: 'slow' }> | undefined {
  if (msPerCharacter === undefined) return undefined
  const passMs = Math.round(msPerCharacter * CALIBRATION_CODES.length.length)
  return { kind: 'slow', msPerCharacter: Math.round(msPerCharacter), passMs }
}

/** A reading that no setting explains: a code that lost some characters, a strange layout, or something else. */
function wreckOf(text: string): Finding {
  const { alphabet } = CALIBRATION_CODES
  const confused = Array.from(alphabet).filter((character, at) => character !== text[at])
  if (text.length === alphabet.length && confused.length <= alphabet.length * (1 - ENOUGH))
    return { kind: 'layout', layout: 'unknown', confused: [...new Set(confused)] }

  let best: { readonly code: CodeName; readonly kept: number; readonly length: number } | undefined
  for (const setting of SCANNER_SETTINGS.filter(({ spaces }) => spaces === 'kept')) {
    for (const code of CODE_NAMES) {
      const expected = heardThrough(CALIBRATION_CODES[code], setting)
      if (text.length >= expected.length) continue
      const kept = commonLength(text, expected)
      if (kept >= expected.length * ENOUGH && (!best || kept / expected.length > best.kept / best.length))
        best = { code, kept, length: expected.length }
    }
  }
  if (best) return { kind: 'characters-dropped', code: best.code, lost: best.length - best.kept }
  return { kind: 'not-the-sheet' }
}

/** Length of the longest common subsequence. */
function commonLength(one: string, other: string): number {
  let row = new Uint16Array(other.length + 1)
  for (const character of one.slice(0, other.length + 1)) {
    const next = new Uint16Array(other.length + 1)
    for (let at = 0; at < other.length; at++) {
      next[at + 1] = character === other[at] ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)
    }
    row = next
  }
  return row[other.length] ?? 0
}
