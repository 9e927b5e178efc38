import { z } from 'zod'
import { plainText } from '../plain-text.ts'
import { route } from '../http/route.ts'
import { IdText } from './id.ts'
import { tablePage, tableQuery } from './page.ts'

export const AuditEntry = z
  .strictObject({
    seq: z.int(),
    at: z.iso.datetime(),
    /** `null`: the system itself */
    account: z.strictObject({ id: z.int(), name: z.string().nullable() }).nullable(),
    role: z.string(),
    action: z.string(),
    object: z.strictObject({ kind: z.string(), id: z.string() }),
    purpose: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .readonly()
export type AuditEntry = z.infer<typeof AuditEntry>

const Word = plainText(60)

export const auditApi = {
  audit: route({
    method: 'get',
    path: '/api/audit',
    summary: 'Who did what to which object and why; `search` is part of an action',
    query: tableQuery(['seq']).extend({
      action: Word.optional(),
      objectKind: Word.optional(),
      objectId: Word.optional(),
      accountId: IdText.optional(),
      role: Word.optional(),
      /** days, both included */
      from: z.iso.date().optional(),
      until: z.iso.date().optional(),
    }),
    reply: tablePage(AuditEntry),
    auth: 'person',
  }),
  auditActions: route({
    method: 'get',
    path: '/api/audit/actions',
    summary: 'Every action the log holds, for filters',
    reply: z.strictObject({ actions: z.array(z.string()).readonly(), objectKinds: z.array(z.string()).readonly() }),
    auth: 'person',
  }),
  verifyAudit: route({
    method: 'post',
    path: '/api/audit/verify',
    summary: 'Follow the whole chain; `head` is what to note down elsewhere',
    body: z.strictObject({}),
    reply: z.strictObject({
      rows: z.int(),
      /** sequence number of the first row that is not as it was written */
      brokenAt: z.int().nullable(),
      head: z.string(),
    }),
    auth: 'person',
  }),
} as const
