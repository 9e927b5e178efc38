/**
 * What this terminal is to the server, kept in `device.sealed` of its data folder under the vault's key: the private half
 * of its key never leaves the main process.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import fs from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import type { Issuer } from '../knowledge/knowledge.ts'
import { thumbprint } from '../knowledge/signed-document.ts'
import type { Vault } from '../knowledge/vault.ts'

/** PKCS #8, base64. */
const Key = z.string().min(40).max(200)
const Server = z.url({ protocol: /^https?$/ })
const PublicKey = z.string().regex(/^[\w-]{43}$/)

const Enrolled = z
  .strictObject({
    kind: z.literal('enrolled'),
    server: Server,
    device: z.int().positive(),
    audience: z.url(),
    key: Key,
    /** asked for in exchange for `key`; which of them the server knows is not sure until it has answered */
    next: Key.optional(),
    /** pinned when it was enrolled, where the installer brought none */
    root: PublicKey.optional(),
    /** the server's, where the installer's are believed: it tells whose documents are kept, nothing else */
    named: PublicKey.optional(),
    /** of that root a person has still to say whether it is the one that the cabinet shows */
    unconfirmed: PublicKey.optional(),
    venue: z.string(),
    accessPoint: z.string(),
  })
  .readonly()
/** Struck off: its key is gone. */
const Revoked = z.strictObject({ kind: z.literal('revoked') }).readonly()

export const Credential = z.discriminatedUnion('kind', [
  /** Asked, and no answer yet: asked again with the same key, the server gives the same answer. */
  z
    .strictObject({
      kind: z.literal('enrolling'),
      server: Server,
      code: z.string(),
      root: z.string().optional(),
      key: Key,
      /** what it was, and is again should the code not let it in */
      before: z.discriminatedUnion('kind', [Enrolled, Revoked]).optional(),
    })
    .readonly(),
  Enrolled,
  Revoked,
])
export type Credential = z.infer<typeof Credential>

/** What a terminal was before it asked to be let in anew. */
export type Earlier = Exclude<Credential, { kind: 'enrolling' }>

export interface CredentialFile {
  read(): Credential | undefined
  /** On disk when it resolves. */
  write(credential: Credential): Promise<void>
  erase(): Promise<void>
}

/** A file that cannot be opened is as good as missing: the terminal is enrolled anew. */
export function credentialFile(file: string, vault: Vault): CredentialFile {
  return {
    read() {
      try {
        const plain = vault.open(fs.readFileSync(file))
        return plain && Credential.safeParse(JSON.parse(plain.toString())).data
      } catch {
        return undefined
      }
    },
    write: (credential) => writeFileAtomic(file, vault.seal(Buffer.from(JSON.stringify(credential))), { mode: 0o600 }),
    erase: () => fs.promises.rm(file, { force: true }),
  }
}

/** Whose signatures are believed: of the roots that came with the installer, else of the one pinned at enrolment. */
export function trustedRoots(packed: readonly string[], credential: Credential | undefined): readonly string[] {
  if (packed.length > 0) return packed
  return credential?.kind === 'enrolled' && credential.root !== undefined ? [credential.root] : []
}

/** Whose documents a terminal goes by that was let in so. */
export function issuerOf({ audience, named, root = named }: Extract<Credential, { kind: 'enrolled' }>): Issuer {
  return { audience, ...(root === undefined ? {} : { root: thumbprint(root) }) }
}

export interface DeviceKey {
  readonly kept: string
  readonly privateKey: KeyObject
  /** raw Ed25519, base64url */
  readonly publicKey: string
  /** RFC 7638 thumbprint */
  readonly kid: string
}

export function openKey(kept: string): DeviceKey {
  const privateKey = createPrivateKey({ key: Buffer.from(kept, 'base64'), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { kept, privateKey, publicKey: x, kid: thumbprint(x) }
}

export const newKey = (): DeviceKey =>
  openKey(generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'))
