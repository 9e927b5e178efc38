/** `npm run operator -- <command>`: what an operator does by hand until there are pages for it. */
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { z } from 'zod'
import { DecisionRules } from '../../contract/decide/decide.ts'
import { spelledCode, writeEnrolment } from '../../contract/kiosk/enrolment.ts'
import { readPass, stripScannerFraming } from '../../contract/pass/pass.ts'
import { databaseAway } from '../db/database-away.ts'
import { localPostgres } from '../postgres/local-postgres.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase, type Database } from '../db/pool.ts'
import { beginEpoch } from '../deny-list/salts.store.ts'
import { addRestriction, liftRestrictions } from '../deny-list/restrictions.store.ts'
import { makeCode } from '../devices/codes.store.ts'
import { revokeDevice } from '../devices/devices.store.ts'
import { readSettings } from '../settings.ts'
import { loadRules, setRules } from '../venues/rules.store.ts'
import { addAccessPoint, addVenue, findAccessPoint, findVenue } from '../venues/venues.store.ts'
import { newHandle, signingKey, signPass } from '../passes/pass-signing.io.ts'
import { visitsByReference } from '../visits/visits.store.ts'

const HELP = `npm run operator -- <command>

  restrict <pass|handle> (--until ISO | --days N) --reason TEXT [--from ISO] [--kind restricted|replaced]
  lift <pass|handle>
  find <reference>                                              what was refused, and where
  venue-add <code> <name>
  access-point-add <venue code> <name> entry|exit
  device-code <access point id> <name>                          a code that lets one kiosk in, printed once
  device-revoke <device id> [--reason TEXT]                     it wipes what it knows
  issue [--days N]                                              a static pass, for testing
  rules [name=seconds …]                                        limits of trust, shown and set
  new-epoch                                                     another salt: every kiosk fetches a whole list
`

const DAY_MS = 24 * 3600 * 1000
/** A refusal that outlasts this is a mistake. */
const LONGEST_DAYS = 366

interface Call {
  readonly db: Database
  readonly keys: string
  readonly publicUrl: string | undefined
  readonly arguments: readonly string[]
  readonly options: Readonly<Record<string, string | undefined>>
}

/** The value, or an error naming the field. @throws one sentence */
function field<Value>(name: string, schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Error(`${name}: ${value === undefined ? 'is missing' : (result.error.issues[0]?.message ?? 'is wrong')}.`)
}

const Text = z.string().trim().min(1).max(200)
const Id = z.coerce.number('must be a whole number').int().positive()
const Instant = z.iso.datetime({ offset: true, error: 'must be a time like 2026-12-01T00:00:00Z' })
/** Those of the region that are times; the others are each venue's own. */
const Limit = DecisionRules.unwrap()
  .pick({
    clockTolerance: true,
    keySetFresh: true,
    listFresh: true,
    listTrusted: true,
    listUsable: true,
    passback: true,
  })
  .keyof()
const Seconds = z.coerce.number('must be a whole number of seconds').int().nonnegative()
const Days = z.coerce.number('must be a number of days').int().min(1).max(LONGEST_DAYS)

/** The handle in a pass, whose signature does not matter here, or a handle as it is. */
function handleIn(argument: string | undefined): string {
  const text = field('pass or handle', z.string(), argument)
  const handle = /^[0-9a-f]{20}$/i.test(text) ? text.toLowerCase() : readPass(stripScannerFraming(text))?.claims.handle
  if (handle === undefined) throw new Error('pass or handle: is neither a pass (QP1:…) nor 20 hex digits.')
  return handle
}

const commands: Readonly<Record<string, (call: Call) => Promise<string>>> = {
  restrict: async ({ db, arguments: [pass], options }) => {
    const handle = handleIn(pass)
    const from = options['from'] === undefined ? new Date() : new Date(field('--from', Instant, options['from']))
    const until =
      options['days'] === undefined
        ? new Date(field('--until', Instant, options['until']))
        : new Date(from.getTime() + field('--days', Days, options['days']) * DAY_MS)
    if (until <= from || until <= new Date()) throw new Error('--until: must be after now and after --from.')
    if (until.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS) {
      throw new Error(`--until: at most ${LONGEST_DAYS} days after --from.`)
    }
    const reason = field('--reason', Text, options['reason'])
    const kind = field('--kind', z.enum(['restricted', 'replaced']), options['kind'] ?? 'restricted')
    const id = await addRestriction(db.sql, { handle, kind, from, until, reason })
    return `Restriction ${id}: ${handle} from ${from.toISOString()} until ${until.toISOString()}.`
  },
  lift: async ({ db, arguments: [pass] }) => {
    const lifted = await liftRestrictions(db.sql, handleIn(pass))
    if (lifted === 0) throw new Error('pass or handle: is not restricted.')
    return `Lifted ${lifted}.`
  },
  find: async ({ db, arguments: [reference] }) => {
    const Reference = z.string().regex(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/i, 'must look like 7K4-Q2M')
    const visits = await visitsByReference(db.pool, field('reference', Reference, reference).toUpperCase())
    if (visits.length === 0) throw new Error('reference: nothing is known by it.')
    return visits
      .map(({ id, venueId, accessPointId, presentedAt, decision, decidedBy, resolved, passHandle }) => {
        const ruling = 'reason' in decision ? `${decision.outcome} (${decision.reason})` : decision.outcome
        const after = resolved ? `, then ${resolved.outcome} by ${resolved.by}` : ''
        const where = `venue ${venueId}, access point ${accessPointId}`
        return `${new Date(presentedAt).toISOString()} ${where}: ${ruling} by the ${decidedBy}${after}; admission ${id}, handle ${passHandle ?? 'not read'}`
      })
      .join('\n')
  },
  'venue-add': async ({ db, arguments: [code, name] }) => {
    const Code = z.string().regex(/^[0-9A-Z-]{1,16}$/, 'must be 1 to 16 of A-Z, 0-9 and -')
    const venue = { code: field('code', Code, code), name: field('name', Text, name) }
    if (await findVenue(db.sql, venue.code)) throw new Error('code: is taken.')
    return `Venue ${(await addVenue(db.sql, venue.code, venue.name)).id}.`
  },
  'access-point-add': async ({ db, arguments: [code, name, direction] }) => {
    const venue = await findVenue(db.sql, field('venue code', Text, code))
    if (!venue) throw new Error('venue code: there is no such venue.')
    const way = field('direction', z.enum(['entry', 'exit']), direction)
    return `Access point ${(await addAccessPoint(db.sql, venue, field('name', Text.max(100), name), way)).id}.`
  },
  'device-code': async ({ db, publicUrl, arguments: [accessPoint, name] }) => {
    const point = await findAccessPoint(db.sql, field('access point id', Id, accessPoint))
    if (!point) throw new Error('access point id: there is no such access point.')
    const wish = { accessPointId: point.id, name: field('name', Text.max(100), name), approved: true, now: new Date() }
    const { code, expiresAt } = await makeCode(db.sql, wish)
    const told = `Until ${expiresAt.toISOString()}, for one kiosk: ${spelledCode(code)}`
    return publicUrl === undefined ? told : `${told}\nAs its QR code: ${writeEnrolment({ server: publicUrl, code })}`
  },
  'device-revoke': async ({ db, arguments: [id], options }) => {
    const reason = options['reason'] === undefined ? undefined : field('--reason', Text, options['reason'])
    if (!(await revokeDevice(db.sql, field('device id', Id, id), reason)))
      throw new Error('device id: no such device works.')
    return 'Revoked.'
  },
  issue: async ({ db, keys, options }) => {
    const days = field('--days', Days, options['days'] ?? '90')
    const key = await signingKey(db.sql, keys, 'static')
    const expiresAt = Math.floor((Date.now() + days * DAY_MS) / 1000)
    return signPass(key, { handle: newHandle(randomBytes), expiresAt })
  },
  rules: async ({ db, arguments: changes }) => {
    const Change = z.tuple([Limit, Seconds], 'must be name=seconds')
    const changed = changes.map((change) => field('rule', Change, change.split('=')))
    const rules =
      changed.length > 0 ? await setRules(db.sql, Object.fromEntries(changed)) : (await loadRules(db.sql)).rules
    return Object.entries(rules)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join('\n')
  },
  'new-epoch': async ({ db }) => `Epoch ${await beginEpoch(db.sql)}.`,
}

async function main(argv: readonly string[]): Promise<void> {
  const texts = Object.fromEntries(
    ['from', 'until', 'days', 'reason', 'kind'].map((name) => [name, { type: 'string' as const }]),
  )
  const { positionals, values } = parseArgs({ args: [...argv], options: texts, allowPositionals: true })
  const [name = 'help', ...rest] = positionals
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    console.log(HELP)
    if (name !== 'help') throw new Error(`${name}: there is no such command.`)
    return
  }
  const settings = readSettings(process.env)
  const data = resolve(settings.data)
  const local = settings.databaseUrl === undefined ? await localPostgres(join(data, 'postgres')) : undefined
  const db = openDatabase(settings.databaseUrl ?? local?.url ?? '', pino({ level: 'silent' }), 1)
  try {
    await migrate(db.sql)
    console.log(
      await command({
        db,
        keys: join(data, 'server', 'keys'),
        publicUrl: settings.publicUrl,
        arguments: rest,
        options: values,
      }),
    )
  } finally {
    await db.close()
    // one that was running belongs to the server
    if (local && !local.adopted) await local.stop()
  }
}

function sentenceOf(error: unknown): string {
  if (databaseAway(error)) return 'The database does not answer: is the address in DATABASE_URL right, and does it run?'
  if (error instanceof Error && 'code' in error && error.code === '23505') return 'name: is taken.'
  return error instanceof Error ? error.message : String(error)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentenceOf(error))
  process.exitCode = 1
})
