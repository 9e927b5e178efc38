/** From handles to a list: HMACs, decoys, sorting. In turns short enough that nobody waits for them. */
import { hash } from 'node:crypto'
import { setImmediate as nextTurnOfLoop } from 'node:timers/promises'
import { ENTRY_BYTES, entryMessage, PADDED_TO } from '../../contract/kiosk/deny-list.ts'
import { bytesOfHex } from '../../contract/pass/pass.ts'
import type { Epoch } from './salts.store.ts'

/** ms at a time */
const TURN = 8
const BLOCK = 64

/** HMAC-SHA-256 for short messages of one length, as its first 64 bits; four times as fast as node:crypto's `createHmac`. */
function shortHmac(key: Uint8Array, messageBytes: number): (message: Uint8Array) => bigint {
  const inner = Buffer.alloc(BLOCK + messageBytes, 0x36)
  const outer = Buffer.alloc(BLOCK + 32, 0x5c)
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  return (message) => {
    inner.set(message, BLOCK)
    outer.set(hash('sha256', inner, 'buffer'), BLOCK)
    return hash('sha256', outer, 'buffer').readBigUInt64BE()
  }
}

const HANDLE_BYTES = 10

export interface ListBuilder {
  readonly epoch: number
  /** Big-endian, sorted, each entry once, padded. Entries that were computed before are remembered. */
  build(handles: Iterable<string>): Promise<Buffer>
}

export function listBuilder({ epoch, salt, decoys: seed, canary }: Epoch): ListBuilder {
  const entry = shortHmac(salt, entryMessage(new Uint8Array(HANDLE_BYTES)).length)
  const entryOf = (handle: string): bigint => entry(entryMessage(bytesOfHex(handle)))
  const decoy = shortHmac(seed, 4)
  const decoyOf = (at: number): bigint => decoy(Uint8Array.of(at >>> 24, at >>> 16, at >>> 8, at))
  let known = new Map<string, bigint>()
  return {
    epoch,
    build: async (handles) => {
      let listed = new BigUint64Array(2 * PADDED_TO)
      listed[0] = entryOf(canary.hit)
      let count = 1
      let turn = performance.now()
      for (const handle of handles) {
        let value = known.get(handle)
        if (value === undefined) known.set(handle, (value = entryOf(handle)))
        if (count === listed.length) listed = grown(listed, 2 * count)
        listed[count++] = value
        if (count % 64 === 0 && performance.now() - turn > TURN) {
          await nextTurnOfLoop()
          turn = performance.now()
        }
      }
      // most of what is remembered is not listed any more
      if (known.size > 2 * count + PADDED_TO) known = new Map()
      await nextTurnOfLoop()
      const padded = Math.ceil(count / PADDED_TO) * PADDED_TO
      for (let decoys = padded - count; ;) {
        const all = grown(listed.subarray(0, count), count + decoys)
        // the same decoys each time, the last of them giving way: a change of one entry is a delta of two
        for (let at = 0; at < decoys; at++) all[count + at] = decoyOf(at)
        const entries = sortedOnce(all)
        // two alike among 2^64: hardly ever
        if (entries.length === padded) return bigEndian(entries)
        decoys += padded - entries.length
      }
    },
  }
}

type Values = BigUint64Array<ArrayBuffer>

function grown(values: Values, length: number): Values {
  const more = new BigUint64Array(length)
  more.set(values)
  return more
}

/** In place. */
function sortedOnce(values: Values): Values {
  values.sort()
  let kept = 1
  for (let at = 1; at < values.length; at++) {
    if (values[at] !== values[at - 1]) {
      if (kept < at) values[kept] = values[at] ?? 0n
      kept++
    }
  }
  return values.subarray(0, kept)
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function bigEndian(entries: Values): Buffer {
  const bytes = Buffer.from(entries.buffer, entries.byteOffset, entries.length * ENTRY_BYTES)
  return LITTLE_ENDIAN ? bytes.swap64() : bytes
}
