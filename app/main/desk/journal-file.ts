/** Keeps a desk's numbers over a restart: `desk.json` of the data folder, a count and a day, nothing of anybody. */
import fs from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import type { DeskSheet } from '../../preload/kiosk-api.ts'
import { decided, emptyJournal, noted, sheetOf, type Journal } from './journal.ts'
import type { DeskBook } from '../ports.ts'

const Kept = z.object({
  day: z.string(),
  admitted: z.int().nonnegative(),
  refused: z.int().nonnegative(),
})
/** A power cut may cost the numbers of so many ms; the visits themselves are elsewhere. */
const SAVE_AFTER_MS = 2000

export interface JournalFile extends DeskBook {
  sheet(): DeskSheet
  /** Writes what is not written yet. */
  close(): Promise<void>
}

export function openJournal(
  file: string,
  parts: {
    readonly clock: () => Date
    readonly onChange: (sheet: DeskSheet) => void
    readonly onError: (error: unknown) => void
  },
): JournalFile {
  const { clock, onChange, onError } = parts
  let journal = load(file, clock())
  let timer: NodeJS.Timeout | undefined

  const save = async (): Promise<void> => {
    timer = undefined
    const { day, admitted, refused } = journal
    try {
      await writeFileAtomic(file, JSON.stringify({ day, admitted, refused }), { mode: 0o600 })
    } catch (error) {
      onError(error)
    }
  }
  const become = (next: Journal): void => {
    journal = next
    onChange(sheetOf(journal, clock()))
    timer ??= setTimeout(() => void save(), SAVE_AFTER_MS)
  }
  return {
    noted: (line) => become(noted(journal, line, clock())),
    decided: (id, outcome) => become(decided(journal, id, outcome, clock())),
    sheet: () => sheetOf(journal, clock()),
    async close() {
      if (timer === undefined) return
      clearTimeout(timer)
      await save()
    },
  }
}

function load(file: string, now: Date): Journal {
  const empty = emptyJournal(now)
  try {
    const kept = Kept.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')))
    return kept.success ? { ...empty, ...kept.data } : empty
  } catch {
    // not there yet, or torn: the numbers begin anew
    return empty
  }
}
