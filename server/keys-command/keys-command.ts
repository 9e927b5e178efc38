/** `npm run keys -- <command>`: who may sign what. docs/keys.md tells the ceremony. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { z } from 'zod'
import { KeySet } from '../../contract/kiosk/keys.ts'
import { localPostgres } from '../postgres/local-postgres.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase, type Sql } from '../db/pool.ts'
import {
  KEY_SET_DAYS,
  makeRoot,
  newestKeySet,
  nextKeySet,
  publishKeySet,
  readRoot,
  rootFile,
  signKeySet,
} from '../keys/key-set.ts'
import type { KeyPair } from '../keys/key-file.ts'
import { addServerKey, revokeServerKey } from '../keys/server-keys.ts'
import { readSettings } from '../settings.ts'
import { newSigningKey } from '../passes/pass-signing.io.ts'
import { revokePassKey } from '../passes/passes.store.ts'

const HELP = `npm run keys -- <command> [--root FILE]

  root                            makes a root; prints its public half, which goes into the installer
  rotate <use> [--ahead DAYS]     a new key: static, dynamic, phone (passes), list, config, seal, token (the server's own)
  revoke <key id | kid>           its passes, signatures or seals are not taken any more
  sign [--days N]                 signs and publishes what the tables say, with the root at hand
  sign <unsigned file>            the same on a machine without a database: writes <unsigned file>.jws
  publish <jws file> --root-key X takes in what was signed elsewhere
  show

The root lies in FILE, or in the data folder's server/keys/root.pem. Where it is in neither, rotate and revoke write the
next key set to server/keys/key-set.unsigned.json: carry it to the root, sign it, carry the .jws back, publish it.
`

const PASS_USES = ['static', 'dynamic', 'phone'] as const
const SERVER_USES = ['list', 'config', 'seal', 'token'] as const
const DAY_MS = 24 * 3600 * 1000
/** A new pass key is published so long before its first pass: kiosks must have heard of it. Days. */
const AHEAD = { static: '14', dynamic: '14', phone: '14', list: '0', config: '0', seal: '0', token: '0' }

interface Call {
  readonly keys: string
  readonly rootFile: string
  readonly arguments: readonly string[]
  readonly options: Readonly<Record<string, string | undefined>>
}

/** @throws one sentence naming the field */
function field<Value>(name: string, schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Error(`${name}: ${value === undefined ? 'is missing' : (result.error.issues[0]?.message ?? 'is wrong')}.`)
}
const Days = z.coerce.number('must be a number of days').int().min(0).max(400)
const PublicKey = z.string().regex(/^[\w-]{43}$/, 'must be 43 characters of base64url')

function wholeRoot(file: string): KeyPair {
  const root = readRoot(file)
  if (!root) throw new Error(`--root: there is no root in ${file}.`)
  return root
}

/** Commands that need no database: for the machine where the root lies. */
const offline: Readonly<Record<string, (call: Call) => Promise<string>>> = {
  root: async (call) => makeRoot(call.rootFile).publicKey,
  sign: async ({ rootFile: file, arguments: [unsigned = ''] }) => {
    const keySet = KeySet.parse(JSON.parse(readFileSync(unsigned, 'utf8')))
    writeFileSync(`${unsigned}.jws`, `${await signKeySet(keySet, wholeRoot(file))}\n`)
    return `Signed version ${keySet.version} with ${keySet.keys.length} pass keys and ${keySet.serverKeys.length} server keys: ${unsigned}.jws`
  },
}

/** Signs where the root is at hand, else writes down what is to be signed. */
async function signOrWrite(db: Sql, call: Call): Promise<string> {
  const days = field('--days', Days.min(1), call.options['days'] ?? String(KEY_SET_DAYS))
  const next = await nextKeySet(db, call.keys, new Date(), days)
  const root = readRoot(call.rootFile)
  if (root) {
    await publishKeySet(db, await signKeySet(next, root), root.publicKey)
    return `Published key set ${next.version}, good until ${next.expiresAt}.`
  }
  mkdirSync(call.keys, { recursive: true, mode: 0o700 })
  const file = join(call.keys, 'key-set.unsigned.json')
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`)
  return `No root here: sign ${file} where it lies, then publish. Until then kiosks know nothing of this.`
}

const online: Readonly<Record<string, (db: Sql, call: Call) => Promise<string>>> = {
  rotate: async (db, call) => {
    const use = field('use', z.enum([...PASS_USES, ...SERVER_USES]), call.arguments[0])
    const ahead = field('--ahead', Days, call.options['ahead'] ?? AHEAD[use])
    const pass = PASS_USES.find((one) => one === use)
    const own = SERVER_USES.find((one) => one === use)
    const notBefore = ahead > 0 ? new Date(Date.now() + ahead * DAY_MS) : undefined
    const made = pass
      ? `Pass key ${(await newSigningKey(db, call.keys, pass, notBefore)).keyId}`
      : `Key ${own ? (await addServerKey(db, call.keys, own)).kid : ''}`
    const from = pass && notBefore ? ` from ${notBefore.toISOString()}` : ''
    // no root signs a key of tokens
    return `${made} (${use})${from}.${use === 'token' ? '' : `\n${await signOrWrite(db, call)}`}`
  },
  revoke: async (db, call) => {
    const [name] = call.arguments
    const id = field('key', z.string().regex(/^(?:\d{1,3}|[\w-]{43})$/, 'must be a key id or a kid'), name)
    const found = /^\d+$/.test(id) ? await revokePassKey(db, Number(id)) : await revokeServerKey(db, id)
    if (!found) throw new Error('key: there is no such key, or it is revoked already.')
    return `Revoked ${id}.\n${await signOrWrite(db, call)}`
  },
  sign: signOrWrite,
  publish: async (db, { arguments: [file], options }) => {
    const jws = readFileSync(field('jws file', z.string(), file), 'utf8').trim()
    const { version, expiresAt } = await publishKeySet(db, jws, field('--root-key', PublicKey, options['root-key']))
    return `Published key set ${version}, good until ${expiresAt}.`
  },
  show: async (db) => {
    const newest = await newestKeySet(db)
    return newest ? JSON.stringify(newest.keySet, null, 2) : 'No key set is published.'
  },
}

async function main(argv: readonly string[]): Promise<string> {
  const texts = Object.fromEntries(
    ['root', 'root-key', 'days', 'ahead'].map((name) => [name, { type: 'string' as const }]),
  )
  const { positionals, values } = parseArgs({ args: [...argv], options: texts, allowPositionals: true })
  const [name = 'help', ...rest] = positionals
  const settings = readSettings(process.env)
  const data = resolve(settings.data)
  const keys = join(data, 'server', 'keys')
  const call: Call = { keys, rootFile: values['root'] ?? rootFile(keys), arguments: rest, options: values }
  const apart = name === 'root' || (name === 'sign' && rest.length > 0) ? offline[name] : undefined
  if (apart) return apart(call)
  const command = Object.hasOwn(online, name) ? online[name] : undefined
  if (!command) {
    if (name === 'help') return HELP
    throw new Error(`${HELP}\n${name}: there is no such command.`)
  }
  const local = settings.databaseUrl === undefined ? await localPostgres(join(data, 'postgres')) : undefined
  const db = openDatabase(settings.databaseUrl ?? local?.url ?? '', pino({ level: 'silent' }), 1)
  try {
    await migrate(db.sql)
    return await command(db.sql, call)
  } finally {
    await db.close()
    if (local && !local.adopted) await local.stop()
  }
}

main(process.argv.slice(2)).then(
  (said) => process.stdout.write(`${said}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  },
)
