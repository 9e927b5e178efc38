/** A server's side of signed documents, whole and small: root, keys, lists with their history; signs by hand, not by jose. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { compactDecrypt } from 'jose'
import { EventEnvelope } from '../../../contract/kiosk/admission.ts'
import { DEFAULT_RULES, type DecisionRules } from '../../../contract/decide/decide.ts'
import { ENTRY_BYTES, writeDelta, type DenyListManifest } from '../../../contract/kiosk/deny-list.ts'
import type { DeviceConfig } from '../../../contract/kiosk/device-config.ts'
import { DOCUMENT_TYPES, type DocumentType, type KeySet, type ServerKey } from '../../../contract/kiosk/keys.ts'
import { writePass, type PassClaims } from '../../../contract/pass/pass.ts'
import { entryOf } from '../knowledge/deny-list.ts'
import { thumbprint } from '../knowledge/signed-document.ts'
import type { Source } from '../knowledge/sync.ts'

export const newHandle = (): string => randomBytes(10).toString('hex')

export interface SigningKey {
  readonly kid: string
  readonly publicKey: string
  readonly privateKey: KeyObject
}

export function makeKey(crv: 'ed25519' | 'x25519' = 'ed25519'): SigningKey {
  const { publicKey, privateKey } = crv === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  const x = publicKey.export({ format: 'jwk' }).x ?? ''
  return { kid: thumbprint(x, crv === 'ed25519' ? 'Ed25519' : 'X25519'), publicKey: x, privateKey }
}

export function signDocument(type: DocumentType, value: unknown, { kid, privateKey }: SigningKey): string {
  const encoded = [{ alg: 'EdDSA', typ: type, kid }, value].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const input = encoded.join('.')
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}

const serverKey = (use: ServerKey['use'], { kid, publicKey }: SigningKey): ServerKey => ({
  kid,
  use,
  publicKey,
  revoked: false,
})
const DAY_MS = 24 * 3_600_000

export interface Authority {
  readonly rootKey: string
  readonly keys: Readonly<Record<'root' | 'list' | 'config' | 'seal' | 'pass', SigningKey>>
  readonly listSalt: string
  now: Date
  keySet(): KeySet
  config(): DeviceConfig
  manifest(): DenyListManifest
  /** Changes what the next documents say; versions grow by one. */
  changeKeys(part: Partial<KeySet>): void
  changeConfig(part: Partial<DeviceConfig>): void
  list(...handles: readonly string[]): void
  correct(...handles: readonly string[]): void
  newEpoch(): void
  entries(version?: number): Uint8Array
  delta(from: number, to: number): Uint8Array
  readonly source: Source
  issue(claims?: Partial<PassClaims>): string
  open(jwe: string): Promise<EventEnvelope>
}

export function makeAuthority(now: Date, rules: DecisionRules = DEFAULT_RULES): Authority {
  const keys = { root: makeKey(), list: makeKey(), config: makeKey(), seal: makeKey('x25519'), pass: makeKey() }
  const canary = { hit: newHandle(), miss: newHandle() }
  const listSalt = randomBytes(32).toString('base64url')
  const listed = new Set([canary.hit])
  const versions = new Map<number, Uint8Array>()
  let epoch = 1
  let version = 0
  let keySet: Omit<KeySet, 'issuedAt' | 'expiresAt'> = {
    version: 1,
    keys: [{ keyId: 1, use: 'static', lifetime: 90 * 86_400, publicKey: keys.pass.publicKey, revoked: false }],
    serverKeys: [serverKey('list', keys.list), serverKey('config', keys.config), serverKey('seal', keys.seal)],
  }
  let keysIssuedAt = now
  let config: DeviceConfig = {
    version: 1,
    issuedAt: now.toISOString(),
    venue: { code: 'K7', name: 'Краеведческий музей' },
    accessPoint: { id: 1, name: 'Вход 1', direction: 'entry' },
    listSalt,
    rules,
  }
  const publish = (): void => {
    version++
    const entries = [...listed].map((handle) => Buffer.from(entryOf(handle, listSalt)))
    versions.set(version, new Uint8Array(Buffer.concat(entries.toSorted((a, b) => a.compare(b)))))
  }
  publish()

  const authority: Authority = {
    rootKey: keys.root.publicKey,
    keys,
    listSalt,
    now,
    keySet: () => ({
      ...keySet,
      issuedAt: keysIssuedAt.toISOString(),
      expiresAt: new Date(keysIssuedAt.getTime() + 30 * DAY_MS).toISOString(),
    }),
    config: () => config,
    manifest() {
      const entries = authority.entries()
      return {
        epoch,
        version,
        issuedAt: authority.now.toISOString(),
        expiresAt: new Date(authority.now.getTime() + DAY_MS).toISOString(),
        count: entries.length / ENTRY_BYTES,
        sha256: createHash('sha256').update(entries).digest('hex'),
        deltasFrom: 1,
        canary,
      }
    },
    changeKeys(part) {
      keySet = { ...keySet, version: keySet.version + 1, ...part }
      keysIssuedAt = authority.now
    },
    changeConfig(part) {
      config = { ...config, version: config.version + 1, issuedAt: authority.now.toISOString(), ...part }
    },
    list(...handles) {
      for (const handle of handles) listed.add(handle)
      publish()
    },
    correct(...handles) {
      for (const handle of handles) listed.delete(handle)
      publish()
    },
    newEpoch() {
      epoch++
      version = 0
      versions.clear()
      publish()
    },
    entries: (of = version) => versions.get(of) ?? new Uint8Array(),
    delta(from, to) {
      const before = asSet(authority.entries(from))
      const after = asSet(authority.entries(to))
      const only = (one: ReadonlySet<string>, other: ReadonlySet<string>): Uint8Array =>
        new Uint8Array(Buffer.from([...one].filter((entry) => !other.has(entry)).join(''), 'hex'))
      return writeDelta({ added: only(after, before), removed: only(before, after) })
    },
    source: {
      keySet: async () => signDocument(DOCUMENT_TYPES.keys, authority.keySet(), keys.root),
      deviceConfig: async () => signDocument(DOCUMENT_TYPES.config, authority.config(), keys.config),
      denyListManifest: async () => signDocument(DOCUMENT_TYPES.denyList, authority.manifest(), keys.list),
      denyListSnapshot: async (_epoch, of) => authority.entries(of),
      denyListDelta: async (_epoch, from, to) => authority.delta(from, to),
    },
    issue: (claims) =>
      writePass(
        {
          keyId: 1,
          expiresAt: Math.floor(authority.now.getTime() / 1000) + 30 * 86_400,
          handle: newHandle(),
          ...claims,
        },
        (signed) => sign(null, signed, keys.pass.privateKey),
      ),
    async open(jwe) {
      const { plaintext } = await compactDecrypt(jwe, keys.seal.privateKey)
      return EventEnvelope.parse(JSON.parse(Buffer.from(plaintext).toString()))
    },
  }
  return authority
}

const asSet = (entries: Uint8Array): ReadonlySet<string> =>
  new Set(Buffer.from(entries).toString('hex').match(/.{16}/g))
