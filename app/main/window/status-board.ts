import { assertNever } from '../../../contract/assert-never.ts'
import type { KioskMode, KioskStatus, KioskWarning, LinkState, ReaderStatus } from '../../preload/kiosk-api.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { QueueState, Reader, ReaderSignal } from '../ports.ts'

/** Gathers the small print of the screen's edge and tells of each change once. */
export interface StatusBoard {
  status(): KioskStatus
  setup(setup: { readonly mode: KioskMode; readonly contact?: string | undefined }): void
  link(state: LinkState): void
  /** `undefined`: all of it was wiped */
  knowledge(knowledge: Knowledge | undefined): void
  waiting(state: QueueState): void
  warn(warning: KioskWarning, holds: boolean): void
  recorded(): void
  notRecorded(): void
  reader(reader: Reader, signal: ReaderSignal): void
  /** Readers of this kind were exchanged: those before are no concern any more. */
  forgetReaders(kind: Reader['kind']): void
}

/** From here on the queue's disk or days run short. */
const FILLING = 0.8

/** In one order, so that the same warnings are no change. */
const warningsOf = (warnings: readonly KioskWarning[]): Pick<KioskStatus, 'warnings'> => ({
  warnings: warnings.toSorted(),
})

export function createStatusBoard(
  onChange: (status: KioskStatus) => void,
  now: () => Date = () => new Date(),
): StatusBoard {
  let status: KioskStatus = {
    mode: 'self-service',
    link: { kind: 'up' },
    readers: [],
    waiting: 0,
    unrecorded: 0,
    recording: true,
  }
  const change = (part: Partial<KioskStatus>): void => {
    replace({ ...status, ...part })
  }
  const replace = (next: KioskStatus): void => {
    if (JSON.stringify(next) === JSON.stringify(status)) return
    status = next
    onChange(status)
  }
  return {
    status: () => status,
    setup({ mode, contact }) {
      const { contact: _before, ...rest } = status
      replace({ ...rest, mode, ...(contact === undefined ? {} : { contact }) })
    },
    link: (link) => change({ link }),
    knowledge(knowledge) {
      const { venue: _venue, accessPoint: _point, listFrom: _from, ...rest } = status
      if (!knowledge) {
        replace(rest)
        return
      }
      const { config, denyList } = knowledge
      replace({
        ...rest,
        venue: config.venue.name,
        accessPoint: config.accessPoint.name,
        direction: config.accessPoint.direction,
        ...(denyList ? { listFrom: denyList.confirmedAt.toISOString() } : {}),
      })
    },
    waiting({ count, dead, fill }) {
      const filling = fill >= 1 ? 'queue-full' : fill >= FILLING ? 'queue-filling' : undefined
      const others = (status.warnings ?? []).filter((one) => one !== 'queue-full' && one !== 'queue-filling')
      change({ waiting: count, dead, ...warningsOf([...others, ...(filling ? ([filling] as const) : [])]) })
    },
    warn(warning, holds) {
      const others = (status.warnings ?? []).filter((one) => one !== warning)
      change(warningsOf(holds ? [...others, warning] : others))
    },
    recorded: () => change({ recording: true }),
    notRecorded: () => change({ recording: false, unrecorded: status.unrecorded + 1 }),
    forgetReaders: (gone) => change({ readers: status.readers.filter(({ kind }) => kind !== gone) }),
    reader(reader, signal) {
      change({ readers: withSignal(status.readers, reader, signal, now()) })
    },
  }
}

function withSignal(
  readers: readonly ReaderStatus[],
  reader: Reader,
  signal: ReaderSignal,
  now: Date,
): readonly ReaderStatus[] {
  switch (signal.kind) {
    case 'live':
      return [
        // there is one camera at a time: another takes the last one's place
        ...readers.filter(({ kind, name }) => kind !== reader.kind || (kind !== 'camera' && name !== signal.name)),
        {
          ...readers.find(({ kind, name }) => kind === reader.kind && name === signal.name),
          kind: reader.kind,
          name: signal.name,
          live: signal.live,
        },
      ]
    case 'scan':
    case 'garbage':
      return readers.map((known) =>
        known.kind === reader.kind && known.live && known.name === (signal.name ?? known.name)
          ? { ...known, lastRead: now.toISOString() }
          : known,
      )
    case 'reading':
      return readers
    default:
      return assertNever(signal)
  }
}
