import type { PosterAnswer } from '../../contract/office/venue.ts'
import { assertNever } from '../../contract/assert-never.ts'
import type { Sql } from '../db/pool.ts'

export interface PosterOf {
  readonly answer: PosterAnswer
  /** whose it is or was */
  readonly venueId: number | undefined
  readonly participantId: number | null
}

const UNKNOWN: PosterOf = { answer: { kind: 'unknown' }, venueId: undefined, participantId: null }

/** @param code as typedCode gives it */
export async function posterOf(db: Sql, code: string): Promise<PosterOf> {
  const row = await db
    .selectFrom('venue_codes')
    .innerJoin('venues', 'venues.id', 'venue_codes.venue_id')
    .select(['venues.id', 'venues.name', 'venues.address', 'venues.state', 'participant_id', 'retired_at'])
    .where('venue_codes.code', '=', code)
    .executeTakeFirst()
  return row ? { answer: answerOf(row), venueId: row.id, participantId: row.participant_id } : UNKNOWN
}

function answerOf(row: {
  readonly name: string
  readonly address: string
  readonly state: 'active' | 'suspended' | 'closed'
  readonly retired_at: Date | null
}): PosterAnswer {
  if (row.retired_at !== null) return { kind: 'retired' }
  const venue = { name: row.name, address: row.address }
  switch (row.state) {
    case 'active':
      return { kind: 'current', venue }
    case 'suspended':
      return { kind: 'suspended', venue }
    case 'closed':
      return { kind: 'retired' }
    default:
      return assertNever(row.state)
  }
}
