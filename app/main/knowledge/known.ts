import { isDeepStrictEqual } from 'node:util'
import { knowledgeOf, NOTHING_SEEN, type Held, type Issuer, type Knowledge, type KnowledgeStore } from './knowledge.ts'
import { withoutList } from './sync.ts'

/** What is held now. A change is one assignment, so that a scan sees the old or the new and never a mix. */
export interface Known {
  held(): Held
  /** what a scan is decided by; `undefined` until keys and place have come */
  knowledge(): Knowledge | undefined
  /** From now on this; it is written to disk in the background, one after the other. */
  take(next: Held): void
  /** The lease of the list is over: it leaves memory and disk. */
  dropList(): void
  /** This device was struck off: what it knows leaves memory and disk; what was seen stays. */
  wipe(): void
  /**
   * This server's documents from now on. What another's said leaves memory and disk, and what was seen of it says nothing
   * of this one's versions: `true`. Of the same server all stays, so that it cannot go back by letting a terminal in anew.
   */
  belongTo(issuer: Issuer): boolean
  /** when all that was taken is on disk */
  saved(): Promise<void>
}

export async function openKnown(store: KnowledgeStore, onError: (error: unknown) => void): Promise<Known> {
  let held = await store.load()
  let knowledge = knowledgeOf(held)
  let saving = Promise.resolve()

  const become = (next: Held): void => {
    held = next
    knowledge = knowledgeOf(next)
  }
  /** After what is being written: a file must not come back. */
  const afterwards = (work: () => void | Promise<void>): void => {
    saving = saving.then(work).catch(onError)
  }
  return {
    held: () => held,
    knowledge: () => knowledge,
    take(next) {
      become(next)
      afterwards(() => store.save(held))
    },
    dropList() {
      become(withoutList(held))
      afterwards(() => store.wipeList())
    },
    wipe() {
      become({ seen: held.seen })
      afterwards(() => store.wipe())
    },
    belongTo(issuer) {
      const { of } = held.seen
      const whose = { ...of, ...issuer }
      if (isDeepStrictEqual(of, whose)) return false
      const isAnothers = of !== undefined && isAnother(of, issuer)
      if (isAnothers) {
        become({ seen: { ...NOTHING_SEEN, of: issuer } })
        // First of all: a power cut in between leaves nothing of the one under the versions of the other.
        afterwards(() => store.wipe())
      } else become({ ...held, seen: { ...held.seen, of: whose } })
      afterwards(() => store.save(held))
      return isAnothers
    },
    saved: () => saving,
  }
}

/** A root that was not named tells nothing. */
const isAnother = (one: Issuer, other: Issuer): boolean =>
  one.audience !== other.audience || (one.root !== undefined && other.root !== undefined && one.root !== other.root)
