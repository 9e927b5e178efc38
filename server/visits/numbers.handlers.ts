import type pg from 'pg'
import type { OfficeHandlers } from '../accounts/person.ts'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { utcOffsetOf } from '../venues/policy.ts'
import { maySettle, participantsOf } from '../venues/scope.ts'
import { startOfDay, startOfWeek, sum } from './numbers.ts'
import { numberedVenue, numberedVenues, numbersByHour, numbersSince } from './numbers.store.ts'

interface Parts {
  readonly sql: Sql
  readonly pool: pg.Pool
  readonly clock: () => Date
}

export function numberHandlers({ sql, pool, clock }: Parts): Pick<OfficeHandlers, 'numbersToday' | 'venueNumbers'> {
  return {
    numbersToday: async ({ person }) => {
      const venues = await numberedVenues(sql, participantsOf(person.grants))
      const zones = [...new Set(venues.map(({ timezone }) => timezone))]
      const now = clock().getTime()
      const all = await Promise.all(
        zones.map((zone) =>
          numbersSince(
            pool,
            venues.filter(({ timezone }) => timezone === zone).map(({ id }) => id),
            startOfDay(now, utcOffsetOf(zone)),
          ),
        ),
      )
      return { venues: all.flat() }
    },
    venueNumbers: async ({ person, params: { id } }) => {
      const venue = await numberedVenue(sql, id)
      if (!venue || !maySettle(person.grants, venue.participantId, 'read')) throw new RequestProblem('not-found')
      const utcOffset = utcOffsetOf(venue.timezone)
      const now = clock().getTime()
      const hours = await numbersByHour(pool, id, startOfWeek(now, utcOffset), now + 24 * 3600_000)
      const midnight = startOfDay(now, utcOffset)
      return { utcOffset, today: sum(hours.filter(({ at }) => Date.parse(at) >= midnight)), hours }
    },
  }
}
