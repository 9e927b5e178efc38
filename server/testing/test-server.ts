import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { v7 } from 'uuid'
import type { z } from 'zod'
import type { ProviderSettings } from '../sign-in/provider.io.ts'
import type { Grant } from '../accounts/person.ts'
import type { AdmissionDecision, AdmissionEvent, AdmissionRequest } from '../../contract/kiosk/admission.ts'
import { DOCUMENT_TYPES, KeySet, SignedDocument } from '../../contract/kiosk/keys.ts'
import type { PassClaims } from '../../contract/pass/pass.ts'
import type { Database, Sql } from '../db/pool.ts'
import { ensureKeySet } from '../keys/key-set.ts'
import type { MailSettings } from '../mail/start-mail.ts'
import { openDocument } from '../keys/signed-document.ts'
import { startServer } from '../server.ts'
import { addAccessPoint, addVenue } from '../venues/venues.store.ts'
import type { AccessPoint } from '../venues/venue.ts'
import { newHandle, newSigningKey, signPass, type SigningKey } from '../passes/pass-signing.io.ts'
import { workingDevice, type DeviceIdentity } from './devices.ts'
import { signInAs, type SignedIn } from './sign-in.ts'
import type { Answer, AskOptions } from './ask.ts'
import { sealedEvents, type SealedQueue } from './sealed-events.ts'
import { SecretsInLog } from './secrets-in-log.ts'

export interface Door {
  readonly entry: AccessPoint
  readonly exit: AccessPoint
  readonly token: string
  readonly deviceId: number
  readonly identity: DeviceIdentity
}

/** where this server mails what Coordinators forward */
export const OPERATOR_EMAIL = 'operator@dopusk.test'

type DocumentUse = keyof typeof DOCUMENT_TYPES

export interface TestServer {
  readonly url: string
  readonly databaseUrl: string
  readonly db: Database
  readonly door: Door
  readonly logLines: readonly string[]
  /** raw public key of the root, base64url */
  readonly rootKey: string
  /** folder of the private halves */
  readonly keys: string
  /** A venue with an entry, an exit and a device. */
  addDoor(): Promise<Door>
  /** A pass of this server's static key; `key` makes it another's. */
  pass(claims?: Partial<PassClaims>, key?: Partial<SigningKey>): string
  request(credential: string, door?: Door): AdmissionRequest
  admit(request: unknown, door?: Door): Promise<Answer>
  /** Seals events, in a queue of their own, and uploads them. */
  tell(events: readonly unknown[], door?: Door): Promise<Answer>
  /** Events as they lie in a kiosk's queue; further ones of a queue take it up where it ended. */
  sealed(events: readonly unknown[], queue?: SealedQueue): Promise<SealedQueue>
  post(path: string, value: unknown, door: Door): Promise<Answer>
  /** What a signed document says, its signature checked as a kiosk does: root, key set, key of that use. */
  document<S extends z.ZodType>(path: string, schema: S, type: DocumentUse, options?: AskOptions): Promise<z.output<S>>
  /** The same of a document already fetched. `use`: of the key it is checked with. */
  open<S extends z.ZodType>(body: unknown, schema: S, type: DocumentUse, use?: 'list' | 'config'): Promise<z.output<S>>
  ask(method: string, path: string, options?: AskOptions): Promise<Answer>
  /** A new account with these grants, signed in. */
  as(grants: readonly Grant[]): Promise<SignedIn>
  /** Also fails where the log holds a pass or a token of this server. */
  stop(): Promise<void>
}

export interface TestServerOptions {
  readonly clock?: () => Date
  readonly jobs?: boolean
  /** how many of X-Forwarded-For's addresses are believed */
  readonly proxies?: number
  readonly mail?: MailSettings
  readonly demo?: boolean
  readonly provider?: ProviderSettings
  readonly publicUrl?: string
}

/** Servers on one database share their keys, as the machines of one installation do. */
const folders = new Map<string, string>()
function keysOf(databaseUrl: string): string {
  const known = folders.get(databaseUrl)
  if (known !== undefined) return known
  const folder = mkdtempSync(join(tmpdir(), 'dopusk-test-keys-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  folders.set(databaseUrl, folder)
  return folder
}

/** The real server on a free port and the given migrated database, with one door. */
export async function testServer(databaseUrl: string, options: TestServerOptions = {}): Promise<TestServer> {
  const secrets = new SecretsInLog()
  const log = pino({ level: 'trace' }, secrets)
  const keys = keysOf(databaseUrl)
  let key: SigningKey | undefined
  let rootKey = ''
  const makeDoor = async (sql: Sql): Promise<Door> => {
    const code = `T-${randomBytes(4).toString('hex').toUpperCase()}`
    const venue = await addVenue(sql, code, 'Venue')
    const entry = await addAccessPoint(sql, venue, 'In', 'entry')
    const exit = await addAccessPoint(sql, venue, 'Out', 'exit')
    const { id, token, ...identity } = await workingDevice(sql, keys, entry.id)
    return { entry, exit, deviceId: id, identity, token: secrets.plant(token) }
  }
  let door: Door | undefined
  const clock = options.clock ?? (() => new Date())
  const server = await startServer({
    databaseUrl,
    host: '127.0.0.1',
    port: 0,
    log,
    clock,
    jobs: options.jobs ?? false,
    ...(options.mail && { mail: options.mail }),
    ...(options.demo !== undefined && { demo: options.demo }),
    provider: options.provider,
    publicUrl: options.publicUrl,
    keys,
    files: join(keys, 'files'),
    proxies: options.proxies ?? 0,
    operatorEmail: OPERATOR_EMAIL,
    prepare: async (sql) => {
      key = await newSigningKey(sql, keys, 'static')
      rootKey = await ensureKeySet(sql, keys)
      door = await makeDoor(sql)
    },
  })
  if (!door || !key) throw new Error('prepare did not run')
  const home = door
  const own = key

  const ask: TestServer['ask'] = (method, path, { token, headers, body } = {}) =>
    sent(
      server.url,
      method,
      path,
      {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body,
    )
  const post = (path: string, value: unknown, { token }: Door): Promise<Answer> =>
    ask('POST', path, { token, body: JSON.stringify(value) })
  const open: TestServer['open'] = async (body, schema, type, use = type === 'config' ? 'config' : 'list') => {
    const { jws } = SignedDocument.parse(body)
    if (type === 'keys') return openDocument(jws, DOCUMENT_TYPES.keys, schema, rootKey)
    const keySet = await openDocument(
      SignedDocument.parse((await ask('GET', '/v1/keys')).body).jws,
      DOCUMENT_TYPES.keys,
      KeySet,
      rootKey,
    )
    const signers = keySet.serverKeys.filter((key) => key.use === use && !key.revoked)
    const results = await Promise.allSettled(
      signers.map(({ publicKey }) => openDocument(jws, DOCUMENT_TYPES[type], schema, publicKey)),
    )
    const good = results.find((result) => result.status === 'fulfilled')
    if (!good) throw new Error('the document is not what it should be')
    return good.value
  }
  return {
    url: server.url,
    databaseUrl,
    db: server.db,
    door: home,
    logLines: secrets.lines,
    addDoor: async () => {
      const another = await makeDoor(server.db.sql)
      await until(async () => (await ask('GET', '/v1/config', another)).status === 200)
      return another
    },
    pass: (claims, other) => {
      const expiresAt = Math.floor(clock().getTime() / 1000) + 86_400
      return secrets.plant(signPass({ ...own, ...other }, { handle: newHandle(randomBytes), expiresAt, ...claims }))
    },
    request: (credential, at = home) => ({
      id: v7(),
      accessPoint: at.entry.id,
      credential,
      presentedAt: clock().toISOString(),
    }),
    admit: (request, at = home) => post('/v1/admissions', request, at),
    rootKey,
    keys,
    sealed: (told, queue) => sealedEvents(ask, told, queue),
    tell: async (events, at = home) => {
      const { queue, events: sealed } = await sealedEvents(ask, events)
      return post('/v1/events', { queue, events: sealed }, at)
    },

    post,
    open,
    document: async (path, schema, type, options) => {
      const { status, body } = await ask('GET', path, options)
      if (status !== 200) throw new Error(`${path} is answered with ${status}`)
      return open(body, schema, type)
    },
    ask,
    as: async (grants) => {
      const signedIn = await signInAs(server.db.sql, ask, server.url, grants, clock)
      secrets.plant(signedIn.cookie)
      return signedIn
    },
    stop: async () => {
      await server.stop()
      secrets.check()
    },
  }
}

export const admissionEvent = (
  request: AdmissionRequest,
  decision: AdmissionDecision,
): Extract<AdmissionEvent, { kind: 'admission' }> => ({
  kind: 'admission',
  request,
  decision,
})

/** Waits for what becomes true; the error says what that was, for it comes before a test's own time limit. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 25_000): Promise<void> {
  const end = performance.now() + ms
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain until ${condition.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Plain node:http: nothing is added to the request, and connections are its own. */
function sent(
  url: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunked = headers['transfer-encoding'] !== undefined
    const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) }
    const request = httpRequest(url + path, { method, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1')
        const json = (response.headers['content-type'] ?? '').includes('json')
        const { statusCode: status = 0, headers: answered } = response
        resolve({
          status,
          headers: answered,
          text,
          body: json ? (JSON.parse(Buffer.concat(chunks).toString()) as unknown) : undefined,
        })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
