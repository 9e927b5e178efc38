import { hash } from 'node:crypto'
import type pg from 'pg'
import type { SealedEvent } from '../../contract/kiosk/admission.ts'
import { transaction } from '../db/transaction.ts'
import { continued, gapWithout, QUEUE_START, type QueueBreak } from './continuity.ts'

export interface QueueOf {
  readonly deviceId: number
  /** UUID of the kiosk's queue file */
  readonly queue: string
}

/** Notes how far a queue has come and where it does not hold together. @returns the breaks that are new */
export function followQueue(
  pool: pg.Pool,
  { deviceId, queue }: QueueOf,
  events: readonly SealedEvent[],
): Promise<readonly QueueBreak[]> {
  const key = [deviceId, queue]
  return transaction(pool, async (client) => {
    // what is lost here in a power cut shows as a gap that was none; the visits themselves are safe
    await client.query('set local synchronous_commit = off')
    await client.query(
      'insert into device_queues (device_id, queue, last_seq, last_chain) values ($1, $2, $3, $4) on conflict do nothing',
      [...key, QUEUE_START.seq, QUEUE_START.chain],
    )
    const { rows } = await client.query<{ last_seq: string; last_chain: string }>(
      'select last_seq, last_chain from device_queues where device_id = $1 and queue = $2 for update',
      key,
    )
    const before = rows[0] ? { seq: Number(rows[0].last_seq), chain: rows[0].last_chain } : QUEUE_START
    const { end, breaks, earlier } = continued(before, events, (text) => hash('sha256', text))
    await client.query(
      'update device_queues set last_seq = $3, last_chain = $4, updated_at = now() where device_id = $1 and queue = $2',
      [...key, end.seq, end.chain],
    )
    await note(client, key, breaks)
    if (earlier.length > 0) await fillGaps(client, key, earlier)
    return breaks
  })
}

async function note(client: pg.PoolClient, key: readonly unknown[], breaks: readonly QueueBreak[]): Promise<void> {
  for (const { kind, from, to } of breaks) {
    await client.query(
      'insert into queue_breaks (device_id, queue, kind, from_seq, to_seq) values ($1, $2, $3, $4, $5)',
      [...key, kind, from, to],
    )
  }
}

async function fillGaps(client: pg.PoolClient, key: readonly unknown[], arrived: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ id: string; from_seq: string; to_seq: string }>(
    `select id, from_seq, to_seq from queue_breaks where device_id = $1 and queue = $2 and kind = 'gap'`,
    [...key],
  )
  for (const { id, from_seq, to_seq } of rows) {
    const gap = { from: Number(from_seq), to: Number(to_seq) }
    if (!arrived.some((seq) => seq >= gap.from && seq <= gap.to)) continue
    await client.query('delete from queue_breaks where id = $1', [id])
    await note(client, key, gapWithout(gap, arrived))
  }
}

export interface Refused {
  readonly seq: number | null
  readonly raw: string
  readonly why: string
}

/** Characters of what came; more than any event of the contract has. */
const LONGEST_RAW = 8192

/** Keeps what was refused, as it came; sent again, it is kept once. */
export async function quarantine(
  pool: pg.Pool,
  { deviceId, queue }: QueueOf,
  refused: readonly Refused[],
): Promise<void> {
  const texts = refused.map(({ raw }) => raw.slice(0, LONGEST_RAW).replaceAll('\0', '\ufffd'))
  await pool.query(
    `insert into event_quarantine (device_id, queue, seq, raw, sha256, why)
     select $1, $2, * from unnest($3::bigint[], $4::text[], $5::bytea[], $6::text[]) on conflict do nothing`,
    [
      deviceId,
      queue,
      refused.map(({ seq }) => seq),
      texts,
      texts.map((text) => hash('sha256', text, 'buffer')),
      refused.map(({ why }) => why),
    ],
  )
}
