import { z } from 'zod'
import { Email } from '../email.ts'
import { route } from '../http/route.ts'
import { Grant } from './grant.ts'
import { IdParam } from './id.ts'
import { tablePage, tableQuery } from './page.ts'
import { ROLES } from './role.ts'
import { PersonName } from './account.ts'

/** invited: has not set a password yet; disabled: may not sign in */
export const AccountState = z.enum(['invited', 'active', 'disabled'])
export type AccountState = z.infer<typeof AccountState>

export const AccountRow = z
  .strictObject({
    id: z.int(),
    email: z.string(),
    name: z.string(),
    state: AccountState,
    grants: z.array(Grant).readonly(),
    secondFactor: z.boolean(),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime().nullable(),
    sessions: z.int(),
  })
  .readonly()
export type AccountRow = z.infer<typeof AccountRow>

const Nothing = z.strictObject({})

export const peopleApi = {
  people: route({
    method: 'get',
    path: '/api/people',
    summary: 'Everybody with an account',
    query: tableQuery(['name', 'email', 'createdAt']).extend({
      role: z.enum(ROLES).optional(),
      state: AccountState.optional(),
    }),
    reply: tablePage(AccountRow),
    auth: 'person',
  }),
  invitePerson: route({
    method: 'post',
    path: '/api/people/invite',
    summary: 'Give a role to the account of an address, made where there is none, and mail the link',
    body: z.strictObject({ email: Email, name: PersonName, locale: z.enum(['ru', 'en']), grant: Grant }),
    reply: z.strictObject({ id: z.int() }),
    auth: 'person',
  }),
  inviteAgain: route({
    method: 'post',
    path: '/api/people/:id/invite',
    summary: 'Mail a new link; the earlier one ends',
    params: IdParam,
    body: Nothing,
    reply: Nothing,
    auth: 'person',
  }),
  disablePerson: route({
    method: 'post',
    path: '/api/people/:id/disable',
    summary: 'The account may not sign in and its sessions end; never of the last Operator',
    params: IdParam,
    body: Nothing,
    reply: Nothing,
    auth: 'person',
  }),
  enablePerson: route({
    method: 'post',
    path: '/api/people/:id/enable',
    summary: 'The account may sign in again',
    params: IdParam,
    body: Nothing,
    reply: Nothing,
    auth: 'person',
  }),
  endPersonSessions: route({
    method: 'post',
    path: '/api/people/:id/end-sessions',
    summary: 'Sign the person out everywhere',
    params: IdParam,
    body: Nothing,
    reply: z.strictObject({ ended: z.int() }),
    auth: 'person',
  }),
  resetSecondFactor: route({
    method: 'post',
    path: '/api/people/:id/second-factor/reset',
    summary: 'For who lost phone and recovery codes: sessions end, a new second factor is added at the next sign-in',
    params: IdParam,
    body: Nothing,
    reply: Nothing,
    auth: 'person',
  }),
  removeGrant: route({
    method: 'post',
    path: '/api/people/:id/grants/remove',
    summary: 'Take a role back; never from the last Operator',
    params: IdParam,
    body: z.strictObject({ grant: Grant }),
    reply: Nothing,
    auth: 'person',
  }),
} as const
