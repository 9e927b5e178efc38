/** A desk's last answers and the day's numbers: pure. No person, no code, no id leaves it. */
import type { Resolution } from '../../../contract/kiosk/admission.ts'
import type { DeskEntry, DeskSheet } from '../../preload/kiosk-api.ts'

interface Line extends DeskEntry {
  /** of the admission; a code that was not read has none */
  readonly id?: string
}

export interface Journal {
  /** local date of the numbers, `2026-11-22` */
  readonly day: string
  /** newest first; some more than are shown, for an answer may be resolved late */
  readonly lines: readonly Line[]
  readonly admitted: number
  readonly refused: number
}

const SHOWN = 10
const KEPT = 30

/** By the wall clock of this place: a visitor's day and the guard's. */
function dayOf(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export const emptyJournal = (now: Date): Journal => ({ day: dayOf(now), lines: [], admitted: 0, refused: 0 })

/** An answer was given. */
export function noted(
  journal: Journal,
  line: { readonly id?: string; readonly kind: DeskEntry['kind'] },
  now: Date,
): Journal {
  const today = onDay(journal, now)
  const added: Line = { ...line, at: now.toISOString() }
  return { ...counted(today, undefined, standing(added)), lines: [added, ...today.lines].slice(0, KEPT) }
}

/** The employee, or nobody, decided about an earlier answer. An unknown id changes nothing. */
export function decided(journal: Journal, id: string, outcome: Resolution['outcome'], now: Date): Journal {
  const line = journal.lines.find((one) => one.id === id)
  if (!line) return onDay(journal, now)
  const changed: Line = { ...line, resolved: outcome }
  const lines = journal.lines.map((one) => (one === line ? changed : one))
  const today = { ...onDay(journal, now), lines }
  // what was counted yesterday stays yesterday's
  return dayOf(new Date(line.at)) === today.day ? counted(today, standing(line), standing(changed)) : today
}

export function sheetOf(journal: Journal, now: Date): DeskSheet {
  const { lines, admitted, refused } = onDay(journal, now)
  return { entries: lines.slice(0, SHOWN).map(({ id: _, ...entry }) => entry), admitted, refused }
}

function onDay(journal: Journal, now: Date): Journal {
  const day = dayOf(now)
  return day === journal.day ? journal : { ...journal, day, admitted: 0, refused: 0 }
}

function standing({ kind, resolved }: Line): Resolution['outcome'] | undefined {
  if (resolved) return resolved
  return kind === 'granted' ? 'admitted' : kind === 'denied' ? 'refused' : undefined
}

function counted(journal: Journal, before: Resolution['outcome'] | undefined, after: typeof before): Journal {
  const change = (outcome: Resolution['outcome']): number => Number(after === outcome) - Number(before === outcome)
  return {
    ...journal,
    admitted: journal.admitted + change('admitted'),
    refused: journal.refused + change('refused'),
  }
}
