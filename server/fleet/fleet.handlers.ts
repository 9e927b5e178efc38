import { actorOf, hasRole, type OfficeHandlers, type Person } from '../accounts/person.ts'
import { recordAudit, type AuditDetail } from '../audit/audit.store.ts'
import { spelledCode, spelledFingerprint, writeEnrolment } from '../../contract/kiosk/enrolment.ts'
import type { fleetApi } from '../../contract/office/fleet.ts'
import { MAY_CALL } from '../../contract/office/may-call.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Sql } from '../db/pool.ts'
import { codeOutline } from '../documents/qr.ts'
import { RequestProblem } from '../http/problem.ts'
import { thumbprint } from '../keys/key-file.ts'
import type { SignedKeySet } from '../keys/key-set.ts'
import { venueScope, type VenueScope } from '../venues/scope.ts'
import { cancelCode, drawCode, makeCode, openCodes } from '../devices/codes.store.ts'
import { revokeDevice } from '../devices/devices.store.ts'
import { deviceDetails, fleetPage, fleetSummary, lockDevice, places } from './fleet.store.ts'

export interface FleetParts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
  readonly keySet: Replica<SignedKeySet | undefined>
  readonly approval: 'participants' | 'all' | 'none'
  readonly caughtUp: () => Promise<void>
}

type Endpoint = keyof typeof fleetApi
type LockedState = NonNullable<Awaited<ReturnType<typeof lockDevice>>>['state']

const DONE = { done: true } as const
/** Of the venues that a person's roles open, those that may do this. */
const scope = ({ grants }: Person, name: Endpoint): VenueScope =>
  venueScope(grants.filter(({ role }) => MAY_CALL[name].includes(role)))

export function fleetHandlers(parts: FleetParts): Pick<OfficeHandlers, Endpoint> {
  const { sql, clock, publicUrl, keySet, approval, caughtUp } = parts
  /** One change of one device, with its line in the log, or neither; in force on this server when it is answered. */
  const change = async (
    endpoint: Endpoint,
    action: string,
    {
      person,
      id,
      from,
      detail = {},
    }: { person: Person; id: number; from: readonly LockedState[]; detail?: AuditDetail },
    work: (tx: Sql) => Promise<unknown>,
  ): Promise<typeof DONE> => {
    await sql.transaction().execute(async (tx) => {
      const device = await lockDevice(tx, id, scope(person, endpoint))
      if (!device) throw new RequestProblem('not-found')
      if (!from.includes(device.state)) throw new RequestProblem('conflict')
      await work(tx)
      const actor = actorOf(person, 'operator', 'owner')
      await recordAudit(tx, { actor, action, object: { kind: 'device', id }, detail })
    })
    await caughtUp()
    return DONE
  }
  const set = (tx: Sql, id: number) => tx.updateTable('devices').where('id', '=', id)

  return {
    fleetDevices: ({ query, person }) => fleetPage(sql, query, scope(person, 'fleetDevices')),
    fleetSummary: ({ person }) => fleetSummary(sql, scope(person, 'fleetSummary')),
    fleetDevice: async ({ params, person }) => {
      const details = await deviceDetails(sql, params.id, scope(person, 'fleetDevice'))
      if (!details) throw new RequestProblem('not-found')
      return details
    },
    approveDevice: ({ params: { id }, person }) =>
      change('approveDevice', 'device.approve', { person, id, from: ['pending'] }, (tx) =>
        set(tx, id).set({ approved_at: clock() }).execute(),
      ),
    revokeDevice: ({ params: { id }, person, body }) =>
      change('revokeDevice', 'device.revoke', { person, id, from: ['pending', 'active'] }, (tx) =>
        revokeDevice(tx, id, body.reason),
      ),
    renameDevice: ({ params: { id }, person, body }) =>
      change('renameDevice', 'device.rename', { person, id, from: ['pending', 'active'] }, (tx) =>
        set(tx, id).set({ name: body.name }).execute(),
      ),
    askForRotation: ({ params: { id }, person }) =>
      change('askForRotation', 'device.rotate', { person, id, from: ['active'] }, (tx) =>
        set(tx, id).set({ rotation_asked_at: clock() }).execute(),
      ),
    makeEnrolmentCode: async ({ body: { accessPoint, name }, person, setHeaders }) => {
      const [place] = await places(sql, scope(person, 'makeEnrolmentCode'), '', accessPoint)
      if (!place) throw new RequestProblem('not-found', [{ field: 'accessPoint', message: 'is none of yours' }])
      const approved = approval === 'none' || (approval === 'participants' && hasRole(person, 'operator'))
      const wish = { accessPointId: accessPoint, name, madeBy: person.accountId, approved, now: clock() }
      const drawn = await drawCode()
      const made = await sql.transaction().execute(async (tx) => {
        const code = await makeCode(tx, wish, drawn)
        await recordAudit(tx, {
          actor: actorOf(person, 'operator', 'owner'),
          action: 'device.code',
          object: { kind: 'enrolment-code', id: code.id },
          detail: { accessPoint, approved },
        })
        return code
      })
      const root = keySet.current?.root
      const kid = root === undefined ? undefined : thumbprint(root)
      const enrolment = { server: publicUrl(), code: made.code, ...(kid === undefined ? {} : { root: kid }) }
      const text = writeEnrolment(enrolment)
      setHeaders({ 'cache-control': 'no-store' })
      return {
        id: made.id,
        code: spelledCode(made.code),
        text,
        qr: codeOutline(text),
        expiresAt: made.expiresAt.toISOString(),
        approved,
        rootFingerprint: kid === undefined ? null : spelledFingerprint(kid),
      }
    },
    enrolmentCodes: async ({ person }) => ({
      codes: (await openCodes(sql, clock(), scope(person, 'enrolmentCodes'))).map(
        ({ id, venue, accessPoint, name, approved, expiresAt }) => ({
          id,
          venue,
          accessPoint,
          name,
          approved,
          expiresAt: expiresAt.toISOString(),
        }),
      ),
    }),
    cancelEnrolmentCode: ({ params: { id }, person }) =>
      sql.transaction().execute(async (tx) => {
        const open = await openCodes(tx, clock(), scope(person, 'cancelEnrolmentCode'), id)
        if (open.length === 0 || !(await cancelCode(tx, id, clock()))) throw new RequestProblem('not-found')
        await recordAudit(tx, {
          actor: actorOf(person, 'operator', 'owner'),
          action: 'device.code-cancel',
          object: { kind: 'enrolment-code', id },
        })
        return DONE
      }),
    fleetPlaces: async ({ query, person }) => ({
      places: await places(sql, scope(person, 'fleetPlaces'), query.search),
    }),
  }
}
