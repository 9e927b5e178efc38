import { recordAudit } from '../audit/audit.store.ts'
import { assertNever } from '../../contract/assert-never.ts'
import type { mailApi } from '../../contract/office/mail.ts'
import type { Sql } from '../db/pool.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import { listDeliveries, repeatMail } from './deliveries.store.ts'

/** Accounts lie above mail: of who asks it needs the number only. */
interface Asking {
  readonly accountId: number
}

export function deliveryHandlers({ sql }: { readonly sql: Sql }): Handlers<unknown, typeof mailApi, Asking> {
  return {
    listMails: ({ query }) => listDeliveries(sql, query),
    repeatMail: ({ params, person }) =>
      sql.transaction().execute(async (tx) => {
        const repeated = await repeatMail(tx, params.id)
        switch (repeated.kind) {
          case 'unknown':
            throw new RequestProblem('not-found')
          case 'sending':
            throw new RequestProblem('mail-on-its-way')
          case 'forgotten':
            throw new RequestProblem('mail-forgotten')
          case 'done':
            await recordAudit(tx, {
              actor: { kind: 'person', accountId: person.accountId, role: 'operator' },
              action: 'mail.repeat',
              object: { kind: 'mail', id: params.id },
            })
            return { id: repeated.id }
          default:
            return assertNever(repeated)
        }
      }),
  }
}
