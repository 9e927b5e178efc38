/** The small print at the lower edge: quiet while all is well. */
import { assertNever } from '../../contract/assert-never.ts'
import type { KioskStatus, LinkState, ReaderStatus } from '../preload/kiosk-api.ts'
import { clockTime } from './clock-time.ts'
import type { Words } from './i18n/words.ts'

/** Age (ms) from which the list is worth a word: the same hour after which a green says how old its data are. */
const LIST_FRESH = 3_600_000

export interface StatusNote {
  readonly key: string
  readonly wrong: boolean
  /** nothing is known to be wrong, and nothing to be well: a keyboard scanner shows by reading only that it is there */
  readonly unproved?: boolean
  readonly text: string
}

export function statusNotes(status: KioskStatus, words: Words, now: number): readonly StatusNote[] {
  const link = linkNote(status.link, words, now)
  const notes: StatusNote[] = [link]
  for (const [at, reader] of status.readers.entries()) {
    notes.push({ key: `reader-${String(at)}`, ...readerNote(reader, status, words, now) })
  }
  if (status.waiting > 0) notes.push({ key: 'waiting', wrong: link.wrong, text: words.waiting(status.waiting) })
  if (status.unrecorded > 0) notes.push({ key: 'unrecorded', wrong: true, text: words.unrecorded(status.unrecorded) })
  const list = listNote(status.listFrom, words, now)
  return list === undefined ? notes : [...notes, list]
}

/** At a desk, where an employee looks, also when it last read. Of several of one kind it says which. */
function readerNote(
  reader: ReaderStatus,
  { readers, mode }: KioskStatus,
  words: Words,
  now: number,
): Omit<StatusNote, 'key'> {
  const isOneOfSeveral = readers.some(({ kind, name }) => kind === reader.kind && name !== reader.name)
  const which = (text: string): string => (isOneOfSeveral ? `${text} (${reader.name})` : text)
  if (!reader.live) return { wrong: true, text: which(words.readerGone[reader.kind]) }
  const name = which(words.reader[reader.kind])
  const read = reader.lastRead === undefined ? undefined : clockTime(reader.lastRead, now)
  return {
    wrong: false,
    unproved: reader.kind === 'wedge' && read === undefined,
    text: mode === 'desk' ? words.readerReadAt(name, read) : name,
  }
}

function linkNote(link: LinkState, words: Words, now: number): StatusNote {
  switch (link.kind) {
    case 'up':
      return { key: 'link', wrong: false, text: words.linkUp }
    case 'down':
      return {
        key: 'link',
        wrong: true,
        text: words.linkDown(link.since === undefined ? undefined : clockTime(link.since, now)),
      }
    case 'refused':
      return { key: 'link', wrong: true, text: words.linkRefused }
    default:
      return assertNever(link)
  }
}

function listNote(listFrom: string | undefined, words: Words, now: number): StatusNote | undefined {
  if (listFrom === undefined) return { key: 'list', wrong: true, text: words.listMissing }
  if (now - Date.parse(listFrom) <= LIST_FRESH) return undefined
  return { key: 'list', wrong: true, text: words.listOld(clockTime(listFrom, now)) }
}
