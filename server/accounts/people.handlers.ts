import { recordAudit, type AuditDetail } from '../audit/audit.store.ts'
import type { Sql, Tx } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { newLink } from './links.store.ts'
import type { AccountParts } from './parts.ts'
import { actorOf, grantRow, type OfficeHandlers, type Person } from './person.ts'
import { removeSecondFactor } from './second-factor.store.ts'
import { endAllSessions } from './sessions.store.ts'
import { inviteAccount, linkTo, mailInvitation } from './accounts.store.ts'
import { isLastOperator, listPeople } from './people.store.ts'

type Names =
  | 'people'
  | 'invitePerson'
  | 'inviteAgain'
  | 'disablePerson'
  | 'enablePerson'
  | 'endPersonSessions'
  | 'resetSecondFactor'
  | 'removeGrant'

export function peopleHandlers({ sql, clock, publicUrl }: AccountParts): Pick<OfficeHandlers, Names> {
  const accountOf = async (tx: Sql, id: number) => {
    const account = await tx.selectFrom('accounts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!account) throw new RequestProblem('not-found')
    return account
  }
  const audit = (tx: Tx, person: Person, action: string, id: number, detail?: AuditDetail): Promise<void> =>
    recordAudit(tx, {
      actor: actorOf(person, 'operator'),
      action,
      object: { kind: 'account', id },
      ...(detail && { detail }),
    })

  return {
    people: ({ query }) => listPeople(sql, query, clock()),
    invitePerson: ({ person, body }) =>
      sql.transaction().execute(async (tx) => {
        const { accountId, link } = await inviteAccount(tx, body, publicUrl(), clock)
        const account = await accountOf(tx, accountId)
        if (account.disabled_at) throw new RequestProblem('not-invited')
        await mailInvitation(tx, { to: account, role: body.grant.role, link, at: clock() })
        await audit(tx, person, 'person.invite', accountId, { ...grantRow(body.grant) })
        return { id: accountId }
      }),
    inviteAgain: ({ person, params: { id } }) =>
      sql.transaction().execute(async (tx) => {
        const account = await accountOf(tx, id)
        if (account.disabled_at ?? account.password ?? account.oidc_subject) throw new RequestProblem('not-invited')
        const grant = await tx.selectFrom('grants').select('role').where('account_id', '=', id).executeTakeFirst()
        const token = await newLink(tx, { kind: 'invitation', accountId: id, now: clock() })
        const link = linkTo(publicUrl(), 'invitation', token)
        await mailInvitation(tx, { to: account, role: grant?.role ?? 'staff', link, at: clock() })
        await audit(tx, person, 'person.invite-again', id)
        return {}
      }),
    disablePerson: ({ person, params: { id } }) =>
      sql.transaction().execute(async (tx) => {
        if (await isLastOperator(tx, id)) throw new RequestProblem('last-operator')
        await accountOf(tx, id)
        await tx.updateTable('accounts').set({ disabled_at: clock() }).where('id', '=', id).execute()
        await endAllSessions(tx, id, clock())
        await audit(tx, person, 'person.disable', id)
        return {}
      }),
    enablePerson: ({ person, params: { id } }) =>
      sql.transaction().execute(async (tx) => {
        await accountOf(tx, id)
        await tx.updateTable('accounts').set({ disabled_at: null }).where('id', '=', id).execute()
        await audit(tx, person, 'person.enable', id)
        return {}
      }),
    endPersonSessions: ({ person, params: { id } }) =>
      sql.transaction().execute(async (tx) => {
        await accountOf(tx, id)
        const ended = await endAllSessions(tx, id, clock())
        await audit(tx, person, 'person.end-sessions', id, { ended })
        return { ended }
      }),
    resetSecondFactor: ({ person, params: { id } }) =>
      sql.transaction().execute(async (tx) => {
        await accountOf(tx, id)
        await removeSecondFactor(tx, id)
        await endAllSessions(tx, id, clock())
        await audit(tx, person, 'person.reset-second-factor', id)
        return {}
      }),
    removeGrant: ({ person, params: { id }, body: { grant } }) =>
      sql.transaction().execute(async (tx) => {
        if (grant.role === 'operator' && (await isLastOperator(tx, id))) throw new RequestProblem('last-operator')
        await accountOf(tx, id)
        const { role, branch, participant_id: participantId } = grantRow(grant)
        const { numDeletedRows } = await tx
          .deleteFrom('grants')
          .where('account_id', '=', id)
          .where('role', '=', role)
          .where('branch', 'is not distinct from', branch)
          .where('participant_id', 'is not distinct from', participantId)
          .executeTakeFirst()
        if (numDeletedRows === 0n) throw new RequestProblem('not-found')
        await audit(tx, person, 'person.remove-grant', id, { role, branch, participantId })
        return {}
      }),
  }
}
