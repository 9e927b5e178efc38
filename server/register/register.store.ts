import type {
  Organisation,
  NewVenue,
  ParticipantPage,
  ParticipantQuery,
  ParticipantRow,
} from '../../contract/office/venue.ts'
import { sql, type Expression, type RawBuilder } from 'kysely'
import type { Sql } from '../db/pool.ts'
import { containsFolded } from '../db/search.ts'
import { addVenue } from '../venues/venues.store.ts'
import { sortOf } from '../venues/venue-table.store.ts'

type Known = Pick<Organisation, 'organisation' | 'inn' | 'address' | 'email'> & Partial<Organisation>

/**
 * The Participant of that ИНН, made where there is none; one that is there stays as it is. Its row is locked until the
 * transaction ends, so that two that register venues of one organisation come one after the other.
 */
export async function joinParticipant(
  tx: Sql,
  organisation: Known,
): Promise<{ readonly id: number; readonly joined: boolean; readonly email: string }> {
  const row = await tx
    .insertInto('participants')
    .values({
      inn: organisation.inn,
      ogrn: organisation.ogrn ?? null,
      organisation: organisation.organisation,
      address: organisation.address,
      head_position: organisation.headPosition ?? null,
      head_name: organisation.headName ?? null,
      contact_position: organisation.contactPosition ?? null,
      contact_name: organisation.contactName ?? null,
      contact_phone: organisation.contactPhone ?? null,
      email: organisation.email,
    })
    // a change that changes nothing: it locks the row, and gives it back
    .onConflict((conflict) => conflict.column('inn').doUpdateSet((excluded) => ({ inn: excluded.ref('excluded.inn') })))
    .returning(['id', 'email', sql<boolean>`xmax <> 0`.as('joined')])
    .executeTakeFirstOrThrow()
  return row
}

/** With its access points and the poster's code that was drawn for it; passes are bound to that first code for good. */
export async function registerVenue(
  tx: Sql,
  participantId: number,
  { accessPoints, ...fields }: NewVenue,
  poster: string,
): Promise<number> {
  const { name, ...details } = fields
  const { id } = await addVenue(tx, poster, name, { ...details, participantId, poster })
  if (accessPoints.length > 0)
    await tx
      .insertInto('access_points')
      .values(accessPoints.map((point) => ({ venue_id: id, ...point })))
      .execute()
  return id
}

/** Letters and digits alone, so that «ул. Мира, 5» and «ул Мира 5» are one. */
export const plain = (text: Expression<unknown>): RawBuilder<string> =>
  sql`regexp_replace(search_text(${text}), '[^a-z0-9]+', '', 'g')`

/**
 * One that is not closed, of that Participant at that address. The Participant's row is locked by the caller.
 *
 * @param place with `name`: only one that is called so. A museum and its library may have one address.
 */
export async function venueAt(
  tx: Sql,
  participantId: number,
  { address, name }: { readonly address: string; readonly name?: string },
): Promise<number | undefined> {
  const row = await tx
    .selectFrom('venues')
    .select('id')
    .where('participant_id', '=', participantId)
    .where('state', '<>', 'closed')
    .where(({ ref, val, eb }) => eb(plain(ref('address')), '=', plain(val(address))))
    .$if(name !== undefined, (so) => so.where(({ ref, val, eb }) => eb(plain(ref('name')), '=', plain(val(name)))))
    .executeTakeFirst()
  return row?.id
}

const COLUMNS = { organisation: 'organisation', createdAt: 'created_at' } as const

const venuesOf = sql<string>`(select count(*) from venues where participant_id = participants.id)`

export async function participantPage(
  db: Sql,
  query: ParticipantQuery,
): Promise<{ rows: ParticipantRow[]; total: number }> {
  const { column, direction } = sortOf(query.sort, COLUMNS, 'organisation')
  const filtered = db
    .selectFrom('participants')
    .$if(Boolean(query.search), (found) =>
      found.where(({ ref }) => containsFolded(ref('participants.search'), query.search ?? '')),
    )
  const rows = await filtered
    .select(['id', 'organisation', 'inn', 'email', 'created_at', venuesOf.as('venues')])
    .orderBy(sql.ref(`participants.${column}`), direction)
    .orderBy('id', direction)
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  const { total } = await filtered.select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  return {
    rows: rows.map(({ created_at, venues, ...row }) => ({
      ...row,
      venues: Number(venues),
      createdAt: created_at.toISOString(),
    })),
    total: Number(total),
  }
}

export async function readParticipant(db: Sql, id: number): Promise<ParticipantPage | undefined> {
  const row = await db
    .selectFrom('participants')
    .selectAll()
    .select(venuesOf.as('venues'))
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      organisation: row.organisation,
      inn: row.inn,
      ogrn: row.ogrn,
      email: row.email,
      address: row.address,
      headPosition: row.head_position,
      headName: row.head_name,
      contactPosition: row.contact_position,
      contactName: row.contact_name,
      contactPhone: row.contact_phone,
      venues: Number(row.venues),
      createdAt: row.created_at.toISOString(),
    }
  )
}
