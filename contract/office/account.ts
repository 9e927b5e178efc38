import { z } from 'zod'
import { Email } from '../email.ts'
import { plainText } from '../plain-text.ts'
import { route } from '../http/route.ts'
import { Grant } from './grant.ts'
import { IdParam } from './id.ts'

export const Me = z
  .strictObject({
    email: z.string(),
    name: z.string(),
    locale: z.enum(['ru', 'en']),
    grants: z.array(Grant).readonly(),
    /** `needed`: it must be added before anything else; `waived`: a demonstration's account, or another provider's */
    secondFactor: z.enum(['on', 'off', 'needed', 'waived']),
    hasPassword: z.boolean(),
  })
  .readonly()
export type Me = z.infer<typeof Me>

/** 10 characters or more, of which five differ; as long as one likes, within reason. */
const Password = z
  .string()
  .min(10, 'password-short')
  .max(200)
  .refine((text) => new Set(text.toLowerCase()).size >= 5, 'password-simple')
export const PersonName = plainText(120).min(2, 'required')

/** 43 characters of base64url: what stands behind the # of a link */
const Token = z.string().regex(/^[\w-]{43}$/, 'link-over')
/** of the authenticator, six digits; or a recovery code */
const Code = z
  .string()
  .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^(?:\d{6}|[0-9A-HJKMNP-TV-Z]{10})$/, 'code-shape'))

export const Session = z
  .strictObject({
    id: z.int(),
    /** browser and system, such as «Firefox · Windows» */
    device: z.string(),
    network: z.string(),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime(),
    current: z.boolean(),
  })
  .readonly()
export type Session = z.infer<typeof Session>

export const accountApi = {
  me: route({
    method: 'get',
    path: '/api/me',
    summary: 'Who is signed in, or nobody; and who else vouches for people here',
    reply: z.strictObject({
      me: Me.nullable(),
      /** name of the OpenID provider on the button */
      provider: z.string().nullable(),
    }),
    auth: 'none',
  }),
  signIn: route({
    method: 'post',
    path: '/api/sign-in',
    summary:
      'Begin a session; with a second factor the first answer asks for its code, and the same is sent again with it',
    body: z.strictObject({
      email: plainText(254).min(1, 'required'),
      password: z.string().min(1, 'required').max(200),
      code: Code.optional(),
    }),
    reply: z.strictObject({ kind: z.enum(['signed-in', 'code-needed']) }),
    auth: 'none',
  }),
  signOut: route({
    method: 'post',
    path: '/api/sign-out',
    summary: 'End this session',
    body: z.strictObject({}),
    reply: z.strictObject({}),
    auth: 'person',
  }),
  readLink: route({
    method: 'post',
    path: '/api/links/read',
    summary: 'What a link from a mail is for; it stays unused',
    body: z.strictObject({ token: Token }),
    reply: z.strictObject({
      kind: z.enum(['invitation', 'reset', 'first-operator']),
      email: z.string().nullable(),
      name: z.string().nullable(),
    }),
    auth: 'none',
  }),
  acceptInvitation: route({
    method: 'post',
    path: '/api/invitations/accept',
    summary: 'Use the link of an invitation: sets name and password and begins a session',
    body: z.strictObject({ token: Token, name: PersonName, password: Password }),
    reply: z.strictObject({}),
    auth: 'none',
  }),
  becomeFirstOperator: route({
    method: 'post',
    path: '/api/first-operator',
    summary: 'Use the link printed at the first start',
    body: z.strictObject({ token: Token, email: Email, name: PersonName, password: Password }),
    reply: z.strictObject({}),
    auth: 'none',
  }),
  askReset: route({
    method: 'post',
    path: '/api/password-reset',
    summary: 'Mail a link for a new password; the answer is the same whether there is such an account or not',
    body: z.strictObject({ email: Email }),
    reply: z.strictObject({}),
    auth: 'none',
  }),
  resetPassword: route({
    method: 'post',
    path: '/api/password-reset/finish',
    summary: 'Use the link: sets the password and ends all sessions',
    body: z.strictObject({ token: Token, password: Password }),
    reply: z.strictObject({}),
    auth: 'none',
  }),
  changePassword: route({
    method: 'post',
    path: '/api/me/password',
    summary: 'Set another password; other sessions end',
    body: z.strictObject({ current: z.string().min(1, 'required').max(200), password: Password }),
    reply: z.strictObject({}),
    auth: 'person',
  }),
  setLocale: route({
    method: 'post',
    path: '/api/me/locale',
    summary: 'Language of the mails to me',
    body: z.strictObject({ locale: z.enum(['ru', 'en']) }),
    reply: z.strictObject({}),
    auth: 'person',
  }),
  beginTotp: route({
    method: 'post',
    path: '/api/me/second-factor/begin',
    summary: 'A new secret for an authenticator; in force once a code of it is confirmed',
    body: z.strictObject({}),
    reply: z.strictObject({
      secret: z.string(),
      uri: z.string(),
      /** the QR code of the address: a square of `size` modules, its dark ones as an SVG path */
      qr: z.strictObject({ size: z.int(), path: z.string() }),
    }),
    auth: 'person',
  }),
  confirmTotp: route({
    method: 'post',
    path: '/api/me/second-factor/confirm',
    summary: 'Put the new secret in force; answers with ten recovery codes, shown once',
    body: z.strictObject({ code: Code }),
    reply: z.strictObject({ recoveryCodes: z.array(z.string()).length(10) }),
    auth: 'person',
  }),
  turnOffTotp: route({
    method: 'post',
    path: '/api/me/second-factor/off',
    summary: 'Sign in without a second factor, where no role of mine needs it',
    body: z.strictObject({ code: Code }),
    reply: z.strictObject({}),
    auth: 'person',
  }),
  newRecoveryCodes: route({
    method: 'post',
    path: '/api/me/recovery-codes',
    summary: 'Ten others; the old ones end',
    body: z.strictObject({ code: Code }),
    reply: z.strictObject({ recoveryCodes: z.array(z.string()).length(10) }),
    auth: 'person',
  }),
  sessions: route({
    method: 'get',
    path: '/api/me/sessions',
    summary: 'Where I am signed in',
    reply: z.strictObject({ sessions: z.array(Session).readonly() }),
    auth: 'person',
  }),
  endSession: route({
    method: 'post',
    path: '/api/me/sessions/:id/end',
    summary: 'Sign out there',
    params: IdParam,
    body: z.strictObject({}),
    reply: z.strictObject({}),
    auth: 'person',
  }),
  endOtherSessions: route({
    method: 'post',
    path: '/api/me/sessions/end-others',
    summary: 'Sign out everywhere but here',
    body: z.strictObject({}),
    reply: z.strictObject({ ended: z.int() }),
    auth: 'person',
  }),
} as const
