import { actorOf, hasRole, type OfficeHandlers, type Person } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import { RequestProblem } from '../http/problem.ts'
import type { RegisterParts } from './register.handlers.ts'
import { readParticipant } from './register.store.ts'
import { maySettle, type Deed } from '../venues/scope.ts'
import { colleaguesOf, inviteColleague, participantNames, removeColleague } from './staff.store.ts'

type Names = 'ownParticipants' | 'colleagues' | 'inviteColleague' | 'removeColleague'

export function staffHandlers({ sql, clock, publicUrl }: RegisterParts): Pick<OfficeHandlers, Names> {
  const own = async (person: Person, id: number, deed: Deed): Promise<void> => {
    if (!maySettle(person.grants, id, deed) || !(await readParticipant(sql, id))) throw new RequestProblem('not-found')
  }
  return {
    ownParticipants: async ({ person }) => {
      const owned = person.grants.flatMap((grant) => (grant.role === 'owner' ? [grant.participantId] : []))
      return { participants: await participantNames(sql, owned) }
    },
    colleagues: async ({ person, params: { id } }) => {
      await own(person, id, 'read')
      return { people: await colleaguesOf(sql, id) }
    },
    inviteColleague: async ({ person, params: { id }, body }) => {
      await own(person, id, 'change')
      // an owner answers for the organisation: that is for the Operator to check
      if (body.role === 'owner' && !hasRole(person, 'operator')) throw new RequestProblem('forbidden')
      return sql.transaction().execute(async (tx) => {
        const invited = { ...body, participantId: id, locale: person.locale }
        const accountId = await inviteColleague(tx, invited, publicUrl(), clock)
        await recordAudit(tx, {
          actor: actorOf(person, 'operator', 'owner'),
          action: `${body.role}.invite`,
          object: { kind: 'account', id: accountId },
          detail: { participant: id },
        })
        return {}
      })
    },
    removeColleague: async ({ person, params: { id, account } }) => {
      await own(person, id, 'change')
      const roles = hasRole(person, 'operator') ? (['owner', 'staff'] as const) : (['staff'] as const)
      return sql.transaction().execute(async (tx) => {
        if (!(await removeColleague(tx, id, account, roles))) throw new RequestProblem('not-found')
        await recordAudit(tx, {
          actor: actorOf(person, 'operator', 'owner'),
          action: 'staff.remove',
          object: { kind: 'account', id: account },
          detail: { participant: id },
        })
        return {}
      })
    },
  }
}
