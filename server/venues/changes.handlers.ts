import { recordAudit } from '../audit/audit.store.ts'
import { actorOf, type OfficeHandlers, type Person } from '../accounts/person.ts'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { maySettle } from './scope.ts'
import { stateAfter, type VenueAction } from './venue-state.ts'
import * as store from './changes.store.ts'

export interface ChangeParts {
  readonly sql: Sql
  readonly clock: () => Date
}

type Names =
  | 'changeVenue'
  | 'suspendVenue'
  | 'resumeVenue'
  | 'closeVenue'
  | 'addAccessPoint'
  | 'renameAccessPoint'
  | 'retireAccessPoint'

/**
 * The venue, locked, and its state after the action.
 *
 * @param version the one that was on the screen, where what stood there is written over
 * @throws {RequestProblem} not-found, conflict, moved-on
 */
export async function venueFor(
  tx: Sql,
  person: Person,
  id: number,
  action: VenueAction,
  version?: number,
): Promise<{ readonly venue: store.LockedVenue; readonly state: store.LockedVenue['state'] }> {
  const venue = await store.lockVenue(tx, id)
  // what is not theirs is not there
  if (!venue || !maySettle(person.grants, venue.participantId, 'change')) throw new RequestProblem('not-found')
  const state = stateAfter(venue.state, action)
  if (state === undefined) throw new RequestProblem('conflict', [{ field: 'state', message: `is-${venue.state}` }])
  if (version !== undefined && version !== Number(venue.version))
    throw new RequestProblem('moved-on', [], {}, { state: venue.state })
  return { venue, state }
}

export function changeHandlers({ sql, clock }: ChangeParts): Pick<OfficeHandlers, Names> {
  const move = (person: Person, id: number, action: 'suspend' | 'resume' | 'close', reason: string | null) =>
    sql.transaction().execute(async (tx) => {
      const { venue, state } = await venueFor(tx, person, id, action)
      await store.setState(tx, venue, state, reason, clock())
      await recordAudit(tx, {
        actor: actorOf(person, 'operator'),
        action: `venue.${action}`,
        object: { kind: 'venue', id },
        ...(reason !== null && { purpose: reason }),
      })
      return {}
    })
  /** A change to an access point of a venue that is not closed; it is still in use. */
  const onPoint = (
    person: Person,
    id: number,
    verb: 'rename' | 'retire',
    work: (tx: Sql) => Promise<void>,
  ): Promise<Record<string, never>> =>
    sql.transaction().execute(async (tx) => {
      const venueId = await store.venueOfAccessPoint(tx, id)
      if (venueId === undefined) throw new RequestProblem('not-found')
      await venueFor(tx, person, venueId, 'change')
      if ((await store.lockAccessPoint(tx, id)) !== 'used')
        throw new RequestProblem('conflict', [{ field: 'state', message: 'is-retired' }])
      await work(tx)
      await recordAudit(tx, {
        actor: actorOf(person, 'operator', 'owner'),
        action: `access-point.${verb}`,
        object: { kind: 'access-point', id },
        detail: { venue: venueId },
      })
      return {}
    })

  return {
    changeVenue: ({ person, params: { id }, body }) =>
      sql.transaction().execute(async (tx) => {
        await venueFor(tx, person, id, 'change', body.version)
        await store.setDetails(tx, id, body)
        await recordAudit(tx, {
          actor: actorOf(person, 'operator'),
          action: 'venue.change',
          object: { kind: 'venue', id },
          detail: { kind: body.kind },
        })
        return {}
      }),
    suspendVenue: ({ person, params, body }) => move(person, params.id, 'suspend', body.reason),
    resumeVenue: ({ person, params }) => move(person, params.id, 'resume', null),
    closeVenue: ({ person, params, body }) => move(person, params.id, 'close', body.reason),
    addAccessPoint: ({ person, params, body }) =>
      taken(
        sql.transaction().execute(async (tx) => {
          await venueFor(tx, person, params.id, 'change')
          const id = await store.insertAccessPoint(tx, params.id, body)
          await recordAudit(tx, {
            actor: actorOf(person, 'operator', 'owner'),
            action: 'access-point.add',
            object: { kind: 'access-point', id },
            detail: { venue: params.id },
          })
          return { id }
        }),
      ),
    renameAccessPoint: ({ person, params: { id }, body }) =>
      taken(onPoint(person, id, 'rename', (tx) => store.renameAccessPoint(tx, id, body.name))),
    retireAccessPoint: ({ person, params: { id } }) =>
      onPoint(person, id, 'retire', (tx) => store.retireAccessPoint(tx, id, clock())),
  }
}

/** A venue has no two access points of one name. */
async function taken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (thrown) {
    if (thrown instanceof Error && 'constraint' in thrown && thrown.constraint === 'access_points_name')
      throw new RequestProblem('conflict', [{ field: 'name', message: 'name-taken' }])
    throw thrown
  }
}
