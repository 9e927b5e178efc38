/** Codes for kiosks of tests and benches: one is good for one kiosk. */
import path from 'node:path'
import { pino } from 'pino'
import { writeEnrolment } from '../contract/kiosk/enrolment.ts'
import { localPostgres } from '../server/postgres/local-postgres.ts'
import { openDatabase } from '../server/db/pool.ts'
import { makeCode } from '../server/devices/codes.store.ts'

/** What a kiosk's reader is shown, for the demonstration's entrance. @param approved false: somebody must approve the device */
export async function enrolmentAt(
  server: { readonly url: string; readonly dataFolder: string },
  { url = server.url, approved = true }: { readonly url?: string; readonly approved?: boolean } = {},
): Promise<string> {
  const postgres = await localPostgres(path.join(server.dataFolder, 'postgres'))
  const db = openDatabase(postgres.url, pino({ level: 'silent' }), 1)
  try {
    const point = await db.sql.selectFrom('access_points').select('id').orderBy('id').executeTakeFirstOrThrow()
    const wish = { accessPointId: point.id, name: 'Kiosk', approved, now: new Date() }
    const { code } = await makeCode(db.sql, wish)
    return writeEnrolment({ server: url, code })
  } finally {
    await db.close()
  }
}
