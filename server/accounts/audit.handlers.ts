import { recordAudit } from '../audit/audit.store.ts'
import { auditActions, listAudit } from '../audit/read-audit.store.ts'
import { verifyChain } from '../audit/verify-audit.store.ts'
import type { AccountParts } from './parts.ts'
import { actorOf, type OfficeHandlers } from './person.ts'

export function auditHandlers({ sql }: AccountParts): Pick<OfficeHandlers, 'audit' | 'auditActions' | 'verifyAudit'> {
  return {
    audit: ({ query }) => listAudit(sql, query),
    auditActions: () => auditActions(sql),
    verifyAudit: async ({ person }) => {
      const { rows, brokenAt, head } = await verifyChain(sql)
      await sql.transaction().execute((tx) =>
        recordAudit(tx, {
          actor: actorOf(person, 'auditor'),
          action: 'audit.verify',
          object: { kind: 'audit', id: rows },
          detail: { brokenAt },
        }),
      )
      return { rows, brokenAt, head }
    },
  }
}
