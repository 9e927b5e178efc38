/** What must hold of a tale after each scan, whenever the kiosk has learnt something, and at the end. */
import { entryOf } from '../../../app/main/knowledge/deny-list.ts'
import type { Admission } from '../../../app/main/scan/admit.ts'
import type { Authority } from '../../../app/main/testing/authority.ts'
import { listHolds } from '../../../contract/kiosk/deny-list.ts'
import type { ModelDisk } from './disk.ts'
import type { ModelKiosk } from './kiosk.ts'
import type { ModelServer } from './server.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

export type Complaint = readonly ['lost' | 'doubled' | 'opened_unrecorded' | 'wrong', string]

export interface Tale {
  readonly authority: Authority
  readonly server: ModelServer
  readonly disk: ModelDisk
  readonly complaints: Complaint[]
  readonly shown: { readonly text: string; readonly admission: Admission; readonly isExcused: boolean }[]
  kiosk: ModelKiosk
  /** true time, and how far the device's clock is off it */
  now: number
  off: number
  mono: number
  /** versions that were held: nothing before them may be again */
  highest: number
  highestList: number
  /** each scan has a text of its own */
  scans: number
}

/** @param dying the kiosk's power is cut while it scans: what it would have shown nobody has seen, unless it was in time */
export async function scan(tale: Tale, handle: string, dying = false): Promise<void> {
  const { authority, kiosk, disk, server, complaints } = tale
  const text = authority.issue({ handle, expiresAt: Math.floor(tale.now / 1000) + 20 * 86_400 + tale.scans++ })
  const admission = await kiosk.scan(text)
  if (admission?.kind !== 'decided') return
  const { id, by, decision } = admission
  const isRecorded =
    server.recorded.has(id) || disk.synced.some((row) => row.event.kind === 'admission' && row.event.request.id === id)
  if (decision.outcome === 'granted' && !isRecorded && !dying) {
    complaints.push(['opened_unrecorded', 'opened before it was written down'])
  }
  if (dying) return
  // A full disk has said so on the screen; everything else that is shown is written down by then.
  if (!isRecorded && !disk.full) complaints.push(['lost', `${decision.outcome} was shown and not written down`])
  const isExcused = by === 'kiosk' && disk.full && decision.outcome !== 'granted'
  tale.shown.push({ text, admission, isExcused })
  if (by === 'server') return
  const held = kiosk.held()
  const list = held.denyList
  const isListed = list !== undefined && listHolds(list.entries, entryOf(handle, authority.listSalt))
  if (decision.outcome === 'denied' && decision.reason === 'restricted' && !isListed) {
    complaints.push(['wrong', 'a good pass was denied'])
  }
  if (decision.outcome === 'granted' && isListed) complaints.push(['wrong', 'a listed pass was let in'])
  if (decision.outcome !== 'granted') return
  const trueAge = list ? tale.now - Date.parse(list.manifest.issuedAt) : Number.POSITIVE_INFINITY
  // Two minutes of tolerance for clocks.
  if (trueAge > DAY_MS + 120_000) complaints.push(['wrong', 'let in by a list older than a day'])
  if (held.keySet?.value.keys.every((key) => key.revoked)) complaints.push(['wrong', 'let in by a revoked key'])
  // A clock that was put forward while the kiosk was off cannot be told from time that passed; it errs to the safe side.
  if (tale.now - kiosk.time().getTime() > 120_000) complaints.push(['wrong', 'let in by a wrong clock'])
}

/** What is held is what the server once published, never anything before what was held. */
export function checkKnowledge(tale: Tale): void {
  const { keySet, denyList } = tale.kiosk.held()
  const { complaints, authority } = tale
  if (keySet && keySet.value.version > authority.keySet().version)
    complaints.push(['wrong', 'a forged key set is held'])
  if (keySet && keySet.value.version < tale.highest) complaints.push(['wrong', 'an older key set is held'])
  tale.highest = Math.max(tale.highest, keySet?.value.version ?? 0)
  if (!denyList) return
  const { version } = denyList.manifest
  const published = authority.entries(version)
  if (Buffer.compare(published, denyList.entries) !== 0)
    complaints.push(['wrong', 'a list is held that nobody published'])
  if (version < tale.highestList) complaints.push(['wrong', 'an older list is held'])
  tale.highestList = Math.max(version, tale.highestList)
  const signedAt = Date.parse(denyList.manifest.issuedAt)
  if (denyList.confirmedAt.getTime() > signedAt + 1) complaints.push(['wrong', 'a list is held for younger than it is'])
  if (tale.now - signedAt > 73 * HOUR_MS) complaints.push(['wrong', 'a list is held beyond its lease'])
}
/** All is well and the server was asked: what is newest is held. */
export function checkNewest({ kiosk, authority, complaints }: Tale): void {
  const { keySet, denyList } = kiosk.held()
  const isNewest =
    keySet?.value.version === authority.keySet().version && denyList?.manifest.version === authority.manifest().version
  if (!isNewest) complaints.push(['wrong', 'what is newest was not learnt'])
}

export function checkRecords({ server, disk, shown, complaints }: Tale): void {
  if (disk.written.length > 0) complaints.push(['lost', `${disk.written.length} events were never taken`])
  if (disk.buried.length > 0) complaints.push(['lost', `${disk.buried.length} dead letters`])
  const byText = new Map<string, string[]>()
  for (const [id, { credential }] of server.recorded) byText.set(credential, [...(byText.get(credential) ?? []), id])
  for (const { text, admission, isExcused } of shown) {
    const ids = byText.get(text) ?? []
    if (ids.length > 1) complaints.push(['doubled', `recorded ${ids.length} times`])
    if (admission.kind !== 'decided') continue
    const { decision, id } = admission
    const row = server.recorded.get(id)
    // The server may have taken it before its answer was lost; the door stayed shut and said so.
    if (isExcused) continue
    if (!row) complaints.push(['lost', `${decision.outcome} on the screen, nothing recorded`])
    else if ((row.outcome === 'granted') !== (decision.outcome === 'granted')) {
      complaints.push(['lost', `${decision.outcome} on the screen, ${row.outcome} recorded`])
    }
  }
}
