/** A disk that a kill leaves as it is and a power cut robs of what was not synced; and the queue upon it, in the open. */
import { v7 as uuidv7 } from 'uuid'
import type { AdmissionEvent } from '../../../contract/kiosk/admission.ts'
import type { QueuedEvent, VisitQueue } from '../../../app/main/ports.ts'
import type { KeptClock } from '../../../app/main/time/clock.ts'
import { NOTHING_SEEN, type Held } from '../../../app/main/knowledge/knowledge.ts'
import { idOf } from '../../../app/main/queue/seal.ts'

interface Row {
  readonly seq: number
  readonly event: AdmissionEvent
  readonly tries: number
}

export interface ModelDisk {
  readonly uuid: string
  /** what a power cut leaves */
  synced: readonly Row[]
  /** what a kill leaves */
  written: readonly Row[]
  last: number
  full: boolean
  buried: readonly number[]
  held: Held
  clock: KeptClock | undefined
}

export const emptyDisk = (): ModelDisk => ({
  uuid: uuidv7(),
  synced: [],
  written: [],
  last: 0,
  full: false,
  buried: [],
  held: { seen: NOTHING_SEEN },
  clock: undefined,
})

export function cutPower(disk: ModelDisk): void {
  disk.written = disk.synced
}

/** `jwe` holds the event as it is: sealing is tried elsewhere, for real. */
export function modelQueue(disk: ModelDisk): VisitQueue {
  const write = (rows: readonly Row[]): void => {
    disk.written = rows
    disk.synced = rows
  }
  return {
    uuid: disk.uuid,
    async append(event) {
      if (disk.full) throw new Error('database or disk is full')
      disk.written = [...disk.written, { seq: ++disk.last, event, tries: 0 }]
      // The disk takes its time; until then nothing is promised.
      await Promise.resolve()
      await Promise.resolve()
      disk.synced = disk.written
    },
    pending: (limit) =>
      disk.written.slice(0, limit).map(({ seq, event, tries }): QueuedEvent => {
        return { tries, event: { id: idOf(event), seq, chain: '0'.repeat(64), jwe: JSON.stringify(event) } }
      }),
    forget: (seqs) => write(disk.written.filter(({ seq }) => !seqs.includes(seq))),
    postpone: (seqs) =>
      write(disk.written.map((row) => (seqs.includes(row.seq) ? { ...row, tries: row.tries + 1 } : row))),
    bury(seq) {
      disk.buried = [...disk.buried, seq]
      write(disk.written.filter((row) => row.seq !== seq))
    },
    waiting: () => ({ count: disk.written.length, dead: disk.buried.length, fill: 0, last: 0 }),
  }
}
