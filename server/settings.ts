import { z } from 'zod'
import { Email } from '../contract/email.ts'

interface Setting<Value> {
  readonly name: string
  readonly meaning: string
  /** as it would be written; absent: nothing */
  readonly default?: string
  readonly secret: boolean
  readonly schema: z.ZodType<Value, string | undefined>
}
const setting = <Value>(declaration: Setting<Value>): Setting<Value> => declaration
const whole = (least: number, most: number): z.ZodType<number, string | undefined> =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'a whole number')
    .transform(Number)
    .pipe(z.number().min(least).max(most))

/** Everything that can be set, from the environment. */
export const settingsTable = {
  host: setting({
    name: 'HOST',
    meaning: 'Address to listen on',
    default: '127.0.0.1',
    secret: false,
    schema: z.string().min(1),
  }),
  port: setting({
    name: 'PORT',
    meaning: 'Port to listen on; 0: any free one',
    default: '0',
    secret: false,
    schema: whole(0, 65535),
  }),
  publicUrl: setting({
    name: 'PUBLIC_URL',
    meaning: 'Address that people open, as it stands in mails and on posters; without it the listening address',
    secret: false,
    schema: z
      .url({ protocol: /^https?$/, error: 'https://host, without a path' })
      .refine((url) => new URL(url).pathname === '/', 'https://host, without a path')
      .transform((url) => new URL(url).origin)
      .optional(),
  }),
  formerUrls: setting({
    name: 'FORMER_URLS',
    meaning:
      'Addresses this server had before, comma-separated: devices that were enrolled at them still sign for them',
    default: '',
    secret: false,
    schema: z
      .string()
      .transform((text) => text.split(',').filter((url) => url !== ''))
      .pipe(z.array(z.url({ protocol: /^https?$/, error: 'https://host,https://host' })))
      .transform((urls) => urls.map((url) => new URL(url).origin)),
  }),
  approval: setting({
    name: 'DEVICE_APPROVAL',
    meaning: 'Whose new devices wait for the Operator: participants, all or none',
    default: 'participants',
    secret: false,
    schema: z.enum(['participants', 'all', 'none'], 'participants, all or none'),
  }),
  kioskVersion: setting({
    name: 'KIOSK_VERSION',
    meaning: 'Version that kiosks should have; without it the server’s own',
    secret: false,
    schema: z
      .string()
      .regex(/^\d{1,4}(?:\.\d{1,4}){1,2}$/, 'numbers and points')
      .optional(),
  }),
  proxies: setting({
    name: 'TRUSTED_PROXIES',
    meaning: 'How many proxies of ours stand in front and each add to X-Forwarded-For',
    default: '0',
    secret: false,
    schema: whole(0, 5),
  }),
  oidcIssuer: setting({
    name: 'OIDC_ISSUER',
    meaning:
      'OpenID provider that vouches for people of the office, second factor included; without it: passwords here',
    secret: false,
    schema: z.url({ protocol: /^https?$/, error: 'https://host/…' }).optional(),
  }),
  oidcClientId: setting({
    name: 'OIDC_CLIENT_ID',
    meaning: 'How the provider knows this server; its callback is PUBLIC_URL/api/oidc/callback',
    secret: false,
    schema: z.string().max(200).optional(),
  }),
  oidcClientSecret: setting({
    name: 'OIDC_CLIENT_SECRET',
    meaning: 'What this server proves itself with to the provider',
    secret: true,
    schema: z.string().max(500).optional(),
  }),
  oidcName: setting({
    name: 'OIDC_NAME',
    meaning: 'The provider’s name on the button',
    default: 'OpenID',
    secret: false,
    schema: z.string().min(1).max(40),
  }),
  operatorEmail: setting({
    name: 'OPERATOR_EMAIL',
    meaning: 'Where applications that a Coordinator found expedient are mailed to, beside the Operator’s queue',
    secret: false,
    schema: Email.optional(),
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    meaning: 'PostgreSQL to use; without it a private one runs in the data folder',
    secret: true,
    schema: z.url({ protocol: /^postgres(?:ql)?$/, error: 'postgres://user:password@host:port/database' }).optional(),
  }),
  data: setting({
    name: 'DOPUSK_DATA',
    meaning: 'Folder of everything kept on this machine',
    default: 'data',
    secret: false,
    schema: z.string().min(1),
  }),
  demo: setting({
    name: 'DOPUSK_DEMO',
    meaning: '1: make a demonstration venue with sample passes',
    default: '0',
    secret: false,
    schema: z.enum(['0', '1'], '0 or 1').transform((value) => value === '1'),
  }),
  smtpUrl: setting({
    name: 'SMTP_URL',
    meaning:
      'Mail server: smtp://user:password@host:587?requireTLS=true or smtps://…; without it mails wait (demonstration: /demo/outbox)',
    secret: true,
    schema: z.url({ protocol: /^smtps?$/, error: 'smtp://user:password@host:port' }).optional(),
  }),
  mailFrom: setting({
    name: 'MAIL_FROM',
    meaning: 'Whom mails are from: an address, or «Name <address>»',
    default: 'Допуск <dopusk@example.org>',
    secret: false,
    schema: z.string().transform((text, context) => {
      const named = /^([^<>\p{Cc}]{1,80}?) *<([^<>]+)>$/u.exec(text)
      const address = Email.safeParse(named?.[2] ?? text)
      if (address.success) return { name: named?.[1]?.trim() ?? '', address: address.data }
      context.addIssue('an address, or Name <address>')
      return z.NEVER
    }),
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    meaning: 'trace, debug, info, warn, error, fatal or silent',
    default: 'info',
    secret: false,
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'no such level'),
  }),
}
type Table = typeof settingsTable
export type Settings = { readonly [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never }

/** An empty variable counts as absent. @throws one sentence naming the variable */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = Object.entries(settingsTable).map(([key, { name, schema, ...rest }]) => {
    const given = environment[name]
    const result = schema.safeParse(
      given === undefined || given === '' ? ('default' in rest ? rest.default : undefined) : given,
    )
    if (!result.success) throw new Error(`${name} is wrong: ${result.error.issues[0]?.message ?? 'unusable'}`)
    return [key, result.data]
  })
  return Object.fromEntries(read) as Settings
}
