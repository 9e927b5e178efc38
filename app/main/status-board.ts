import type { KioskMode, KioskStatus, LinkState, ReaderStatus } from '../preload/kiosk-api.ts'
import type { Knowledge } from './knowledge.ts'
import type { Reader, ReaderSignal } from './ports.ts'

/** Gathers the small print of the screen's edge and tells of each change once. */
export interface StatusBoard {
  setup(setup: { readonly mode: KioskMode; readonly contact?: string | undefined }): void
  link(state: LinkState): void
  knowledge(knowledge: Knowledge): void
  waiting(count: number): void
  recorded(): void
  notRecorded(): void
  reader(reader: Reader, signal: ReaderSignal): void
  /** Readers of this kind were exchanged: those before are no concern any more. */
  forgetReaders(kind: Reader['kind']): void
}

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
    const next = { ...status, ...part }
    if (JSON.stringify(next) === JSON.stringify(status)) return
    status = next
    onChange(status)
  }
  return {
    setup: ({ mode, contact }) => change({ mode, ...(contact === undefined ? {} : { contact }) }),
    link: (link) => change({ link }),
    knowledge({ config, denyList }) {
      change({
        venue: config.venue.name,
        accessPoint: config.accessPoint.name,
        direction: config.accessPoint.direction,
        ...(denyList ? { listFrom: denyList.confirmedAt.toISOString() } : {}),
      })
    },
    waiting: (waiting) => change({ waiting }),
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
        known.kind === reader.kind && known.live ? { ...known, lastRead: now.toISOString() } : known,
      )
    case 'reading':
      return readers
  }
}
