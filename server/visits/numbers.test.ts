import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { v7 } from 'uuid'
import type { VenueNumbers } from '../../contract/office/cabinet.ts'
import { freshDatabase } from '../testing/database.ts'
import { registeredVenue } from '../testing/registrations.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { lowestId, startOfDay, startOfWeek } from './numbers.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

const HOUR = 3600_000
const MOSCOW = 180

test('days are the place’s own', () => {
  // 23:30 UTC of the 22nd is half past two of the 23rd in Moscow
  const now = Date.UTC(2026, 10, 22, 23, 30)
  expect(new Date(startOfDay(now, MOSCOW)).toISOString()).toBe('2026-11-22T21:00:00.000Z')
  expect(new Date(startOfWeek(now, MOSCOW)).toISOString()).toBe('2026-11-16T21:00:00.000Z')
  expect(lowestId(now) <= v7({ msecs: now })).toBe(true)
  expect(lowestId(now) > v7({ msecs: now - 1 })).toBe(true)
})

test('a venue’s numbers are those of its own entries, by what became of each at last', async () => {
  const { participant } = await registeredVenue(server.db.sql)
  const door = await server.addDoor()
  const { id } = door.entry.venue
  await server.db.sql.updateTable('venues').set({ participant_id: participant }).where('id', '=', id).execute()
  const now = Date.now()
  const visit = (at: number, row: object) =>
    server.db.sql
      .insertInto('visits')
      .values({
        venue_id: id,
        id: v7({ msecs: at }),
        access_point_id: door.entry.id,
        device_id: door.deviceId,
        presented_at: new Date(at),
        decided_by: 'server',
        outcome: 'granted',
        flags: 0,
        ...row,
      } as never)
      .execute()
  const entered_at = new Date(now)
  await visit(now, { entered_at })
  await visit(now, { entered_at, outcome: 'denied', resolved: 'admitted', resolved_by: 'staff' })
  await visit(now, { outcome: 'denied' })
  await visit(now, { outcome: 'check', resolved: 'refused', resolved_by: 'staff' })
  await visit(now, { outcome: 'check', resolved: 'refused', resolved_by: 'auto' })
  await visit(now, { outcome: 'check' })
  // who leaves is not counted, nor what was eight days ago
  await visit(now, { access_point_id: door.exit.id, left_at: new Date(now) })
  await visit(now - 8 * 24 * HOUR, { entered_at })
  await visit(now - 3 * 24 * HOUR, { entered_at })
  const owner = await server.as([{ role: 'owner', participantId: participant }])
  const numbers = (await owner.get(`/api/venues/${id}/numbers`)).body as VenueNumbers
  const today = { admitted: 2, refused: 2, check: 2 }
  expect(numbers.today).toEqual(today)
  expect(numbers.utcOffset).toBe(MOSCOW)
  expect(numbers.hours).toHaveLength(2)
  expect(numbers.hours[0]).toMatchObject({ admitted: 1, refused: 0, check: 0 })
  const all = (await owner.get('/api/cabinet/numbers')).body as { venues: { id: number }[] }
  expect(all.venues.find((venue) => venue.id === id)).toEqual({ id, ...today })
  // a real admission counts at once
  await server.admit(server.request(server.pass(), door), door)
  const after = (await owner.get(`/api/venues/${id}/numbers`)).body as VenueNumbers
  expect(after.today.admitted).toBe(3)
  expect(Object.keys(after.hours[0] ?? {}).toSorted()).toEqual(['admitted', 'at', 'check', 'refused'])
})
