/** 64 visits of as many venues and passes a statement into the real table, committed by itself: as fast as this database takes them. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { inserter } from '../server/inserts.ts'

const ROWS = 64
const INSERT = `insert into visits (venue_id, id, access_point_id, device_id, pass_handle, presented_at, entered_at, outcome, decided_by)
select 1000000 + (random() * 20000)::int, uuidv7(), 1, 1, uuid_send(gen_random_uuid()), now(), now(), 'granted', 'kiosk'
from generate_series(1, ${ROWS})`

/** @returns rows a second, by the same number of connections as upload */
export async function inserts64(url: string, folder: string, clients: number, seconds: number): Promise<number> {
  if (inserter === 'pgbench') {
    const file = join(folder, 'insert64.sql')
    writeFileSync(file, `${INSERT.replaceAll('\n', ' ')};\n`)
    const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', file, url]
    const { stdout } = await promisify(execFile)('pgbench', args)
    return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]) * ROWS
  }
  const pool = new pg.Pool({ connectionString: url, max: clients })
  const started = performance.now()
  let rows = 0
  const lane = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1000) {
      await pool.query({ name: 'insert64', text: INSERT })
      rows += ROWS
    }
  }
  await Promise.all(Array.from({ length: clients }, lane))
  const rate = (rows / (performance.now() - started)) * 1000
  await pool.end()
  return rate
}
