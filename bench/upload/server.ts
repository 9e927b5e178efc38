/** The server whose events come open: JSON where a sealed one has its ciphertext. What uploading costs without the opening. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApp } from '../../server/app.ts'
import { EventEnvelope } from '../../contract/kiosk/admission.ts'
import { openDatabase } from '../../server/db/pool.ts'
import { openParts, WRITERS } from '../../server/parts.ts'

const log = pino()
const keys = join(process.env['DOPUSK_DATA'] ?? '', 'server', 'keys')
const db = openDatabase(process.env['DATABASE_URL'] ?? '', log, WRITERS)
const { parts } = await openParts(db, {
  log,
  clock: () => new Date(),
  keys,
  publicUrl: () => '',
  demo: false,
  files: keys,
  proxies: 0,
  operatorEmail: undefined,
})
const handle = createApp({
  ...parts,
  openEvents: async (jwes) =>
    jwes.map((jwe) => {
      const envelope = EventEnvelope.parse(JSON.parse(Buffer.from(jwe.split('.')[3] ?? '', 'base64url').toString()))
      return { kind: 'opened', envelope, pass: { kind: 'unreadable' } }
    }),
})
const server = createServer(handle).listen(0, '127.0.0.1', () => {
  log.info({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, 'listening')
})
process.on('SIGTERM', () => process.exit())
