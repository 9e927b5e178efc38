import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { hasProgram } from './load.ts'

/** One visit a statement into the real table, committed by itself. */
const INSERT = `insert into visits (venue_id, id, access_point_id, device_id, pass_handle, presented_at, entered_at, outcome, decided_by)
values (1000000, uuidv7(), 1, 1, '\\x0102030405060708090a', now(), now(), 'granted', 'server')`

export const inserter = hasProgram('pgbench') ? 'pgbench' : 'pg (node)'

/** @returns committed inserts a second */
export async function inserts(url: string, folder: string, clients: number, seconds: number): Promise<number> {
  if (inserter === 'pgbench') {
    const file = join(folder, 'insert.sql')
    writeFileSync(file, INSERT.replaceAll('\n', ' ') + ';\n')
    const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', file, url]
    const { stdout } = await promisify(execFile)('pgbench', args)
    return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1])
  }
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'inserts.ts'),
    url,
    String(clients),
    String(seconds),
  ])
  return Number(stdout)
}

async function insertWithPg(url: string, clients: number, seconds: number): Promise<number> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client(url)
      await client.connect()
      return client
    }),
  )
  const started = performance.now()
  let done = 0
  await Promise.all(
    connections.map(async (client) => {
      while (performance.now() - started < seconds * 1000) {
        await client.query({ name: 'insert', text: INSERT })
        done++
      }
    }),
  )
  const rate = (done / (performance.now() - started)) * 1000
  await Promise.all(connections.map((client) => client.end()))
  return rate
}

if (import.meta.main) {
  const [url = '', clients = '64', seconds = '3'] = process.argv.slice(2)
  console.log(await insertWithPg(url, Number(clients), Number(seconds)))
}
