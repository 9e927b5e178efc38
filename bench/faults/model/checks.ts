/** What must hold in a short story, looked at after each scan and at the end. */
import type { Admission } from '../../../app/main/admit.ts'
import type { Authority } from '../../../app/main/testing/authority.ts'
import type { ModelDisk } from './disk.ts'
import type { ModelKiosk } from './kiosk.ts'
import type { ModelServer } from './server.ts'

const HOUR_MS = 3_600_000

export interface ShortFindings {
  readonly failed: number
  readonly complaints: readonly string[]
  readonly lost: number
  readonly doubled: number
  readonly opened_unrecorded: number
  readonly wrong: number
  readonly scans: number
}

export type Complaint = readonly [keyof Omit<ShortFindings, 'failed' | 'complaints' | 'scans'>, string]

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
  highest: number
  /** each scan has a text of its own */
  scans: number
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
  if (version < (highestList.get(tale) ?? 0)) complaints.push(['wrong', 'an older list is held'])
  highestList.set(tale, Math.max(version, highestList.get(tale) ?? 0))
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

const highestList = new WeakMap<Tale, number>()

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
