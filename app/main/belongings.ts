/** All that the kiosk keeps in its folder: the clock, what it knows, and the queue. Opened together, in this order. */
import path from 'node:path'
import type { ClockTrust } from './time/clock.ts'
import { credentialFile, trustedRoots, type CredentialFile } from './device/credential.ts'
import { openClock, type KioskClock } from './time/kiosk-time.ts'
import { knowledgeFiles } from './knowledge/knowledge.ts'
import { openKnown, type Known } from './knowledge/known.ts'
import type { Log } from './log.ts'
import { openQueue, type DurableVisitQueue } from './queue/queue.ts'
import { createSeal, sealKeyOf } from './queue/seal.ts'
import type { KioskSettings } from './settings.ts'
import { rootSigners } from './knowledge/signed-document.ts'
import { openVault, type KeyStore } from './knowledge/vault.ts'
import type { StatusBoard } from './window/status-board.ts'

export interface Belongings {
  readonly clock: KioskClock
  readonly known: Known
  readonly queue: DurableVisitQueue
  readonly credential: CredentialFile
}

export interface BelongingsParts {
  readonly settings: Pick<KioskSettings, 'dataFolder' | 'rootKeys'>
  /** the operating system's, where it is real */
  readonly keyStore: KeyStore | undefined
  readonly log: Log
  readonly board: StatusBoard
  /** a device whose clock is told by a test */
  readonly wall?: () => number
  readonly mostQueueBytes?: number
}

/** @throws when the folder cannot be written */
export async function openBelongings(parts: BelongingsParts): Promise<Belongings> {
  const { settings, keyStore, log, board } = parts
  const at = (name: string): string => path.join(settings.dataFolder, name)
  const clock = openClock({
    file: at('clock.json'),
    ...(parts.wall ? { wall: parts.wall } : {}),
    onTrust(trust: ClockTrust) {
      log.info({ trust }, 'clock')
      board.warn('clock', trust !== 'good')
    },
    onError: (error) => log.warn({ error }, 'the clock could not be kept'),
  })
  const vault = await openVault(at('vault.key'), keyStore)
  board.warn('keys-unprotected', !vault.isReal)
  const credential = credentialFile(at('device.sealed'), vault)
  const roots = rootSigners(trustedRoots(settings.rootKeys, credential.read()))
  const known = await openKnown(knowledgeFiles(at('knowledge'), vault, roots), (error) =>
    log.error({ error }, 'what the kiosk knows could not be kept'),
  )
  for (const document of [known.held().keySet?.value, known.held().config?.value, known.held().denyList?.manifest]) {
    if (document) clock.signedAt(new Date(document.issuedAt))
  }
  const queue = openQueue(at('queue.db'), {
    seal: createSeal(() => sealKeyOf(known.held().keySet?.value), clock.stamp),
    ...(parts.wall ? { now: parts.wall } : {}),
    ...(parts.mostQueueBytes === undefined ? {} : { mostBytes: parts.mostQueueBytes }),
  })
  if (queue.setAside) {
    log.error({ file: path.basename(queue.setAside) }, 'the queue file was damaged: readable visits were taken over')
  }
  return { clock, known, queue, credential }
}
