import type { OfficeHandlers } from '../accounts/person.ts'
import { RequestProblem } from '../http/problem.ts'
import type { Sql } from '../db/pool.ts'
import { venueScope } from './scope.ts'
import { municipalitiesOf, venueDetails, venuePage } from './venue-table.store.ts'

type Names = 'venues' | 'venue' | 'municipalities'

export function venueTableHandlers({ sql }: { readonly sql: Sql }): Pick<OfficeHandlers, Names> {
  return {
    venues: ({ person, query }) => venuePage(sql, venueScope(person.grants), query),
    venue: async ({ person, params }) => {
      const venue = await venueDetails(sql, venueScope(person.grants), params.id)
      if (!venue) throw new RequestProblem('not-found')
      return venue
    },
    municipalities: async ({ person }) => ({
      municipalities: await municipalitiesOf(sql, venueScope(person.grants)),
    }),
  }
}
