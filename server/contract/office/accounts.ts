/** Accounts, sessions, invitations, the audit log. */
import { z } from 'zod'
import { route } from '../route.ts'
import { Grant } from './grant.ts'

export const Me = z
  .strictObject({
    email: z.string(),
    name: z.string(),
    locale: z.enum(['ru', 'en']),
    grants: z.array(Grant).readonly(),
    /** `needed`: it must be added before anything else; `waived`: a demonstration's account */
    secondFactor: z.enum(['on', 'off', 'needed', 'waived']),
  })
  .readonly()
export type Me = z.infer<typeof Me>

export const accountsApi = {
  me: route({
    method: 'get',
    path: '/api/me',
    summary: 'Who is signed in, or nobody',
    reply: z.strictObject({ me: Me.nullable() }),
    auth: 'none',
  }),
  signOut: route({
    method: 'post',
    path: '/api/sign-out',
    summary: 'End this session',
    reply: z.strictObject({}),
    auth: 'person',
  }),
} as const
