/** What a kiosk does with a list: look a pass up, and take a new version in while people go on being checked. */
import { createHash, randomBytes } from 'node:crypto'
import { entryOf, isOfManifest, merge } from '../../app/main/knowledge/deny-list.ts'
import { inSlices } from '../../app/main/knowledge/in-slices.ts'
import { ENTRY_BYTES, listHolds, type DenyListManifest } from '../../contract/kiosk/deny-list.ts'
import { bytesOf, deltaBetween, entriesOf } from '../../server/deny-list/delta.ts'
import { newHandle } from '../../server/passes/pass-signing.io.ts'
import { percentile, type Metrics } from '../report.ts'

const LOOKUPS = 50_000
const SWAPS = 20
/** ms between people at the door, far more than one has */
const CHECK_EVERY = 2

export async function kioskPart(entries: number): Promise<Metrics> {
  const canary = { hit: newHandle(randomBytes), miss: newHandle(randomBytes) }
  const listSalt = randomBytes(32).toString('base64url')
  // Random numbers are what entries look like. Nothing else of a server's is here: its garbage is not the kiosk's.
  let list = listOf([entryOf(canary.hit, listSalt), randomBytes(entries * ENTRY_BYTES)])
  const isListed = (handle: string): boolean => listHolds(list, entryOf(handle, listSalt))

  const asked = Array.from({ length: LOOKUPS }, () => newHandle(randomBytes))
  asked.slice(0, 1000).forEach(isListed)
  const started = performance.now()
  asked.forEach(isListed)
  const lookup = ((performance.now() - started) * 1000) / LOOKUPS

  const swaps: number[] = []
  const checks: number[] = []
  for (let round = 0; round < SWAPS; round++) {
    // a day's change: one in a hundred goes, as many come
    const changed = Math.ceil(entries / 100) * ENTRY_BYTES
    const first = round * changed
    const kept = [list.subarray(0, first), list.subarray(first + changed)]
    const after = listOf([...kept, entryOf(canary.hit, listSalt), randomBytes(changed)])
    const delta = deltaBetween(list, after)
    const manifest = manifestOf(after, round + 2, canary)
    let due = performance.now() + CHECK_EVERY
    const timer = setInterval(() => {
      isListed(canary.hit)
      checks.push(Math.max(0, performance.now() - due))
      due = performance.now() + CHECK_EVERY
    }, CHECK_EVERY)
    const from = performance.now()
    const merged = await inSlices(merge(list, delta))
    if (!merged || !(await inSlices(isOfManifest(merged, manifest, listSalt)))) throw new Error('the swap failed')
    list = merged
    swaps.push(performance.now() - from)
    await new Promise((resolve) => setTimeout(resolve, 3 * CHECK_EVERY))
    clearInterval(timer)
  }
  return {
    lookup_us: lookup,
    swap_ms: percentile(swaps, 50),
    longest_check_ms: Math.max(...checks),
    check_p99_ms: percentile(checks, 99),
  }
}

/** Sorted, each once. */
function listOf(parts: readonly Uint8Array[]): Uint8Array {
  const sorted = entriesOf(Buffer.concat(parts)).sort()
  return bytesOf(sorted.filter((entry, at) => at === 0 || entry !== sorted[at - 1]))
}

function manifestOf(list: Uint8Array, version: number, canary: DenyListManifest['canary']): DenyListManifest {
  const now = Date.now()
  return {
    epoch: 1,
    version,
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
    count: list.length / ENTRY_BYTES,
    sha256: createHash('sha256').update(list).digest('hex'),
    deltasFrom: 1,
    canary,
  }
}
