import { actorOf, type OfficeHandlers } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import { RequestProblem } from '../http/problem.ts'
import { venueFor, type ChangeParts } from './changes.handlers.ts'
import { maySettle } from './scope.ts'
import { readPolicy, writePolicy } from './policy.store.ts'

export function policyHandlers({ sql }: ChangeParts): Pick<OfficeHandlers, 'policy' | 'setPolicy'> {
  return {
    policy: async ({ person, params: { id } }) => {
      const found = await readPolicy(sql, id)
      if (!found || !maySettle(person.grants, found.participantId, 'read')) throw new RequestProblem('not-found')
      return { ...found.policy, version: found.version }
    },
    setPolicy: ({ person, params: { id }, body: { version, ...policy } }) =>
      sql.transaction().execute(async (tx) => {
        await venueFor(tx, person, id, 'change', version)
        await writePolicy(tx, id, policy)
        const { hours, ...detail } = policy
        await recordAudit(tx, {
          actor: actorOf(person, 'operator', 'owner'),
          action: 'venue.policy',
          object: { kind: 'venue', id },
          detail: { ...detail, hours: hours !== null },
        })
        return {}
      }),
  }
}
