/** JWS compact (RFC 7515), EdDSA, header {alg, typ, kid}: `typ` keeps one kind of document from standing in for another. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { CompactSign, compactVerify } from 'jose'
import { z } from 'zod'
import type { DocumentType } from '../../contract/kiosk/keys.ts'
import { thumbprint } from './key-file.ts'

export interface Signer {
  /** thumbprint of its public half */
  readonly kid: string
  readonly privateKey: KeyObject
}

export function signDocument(typ: DocumentType, payload: unknown, { kid, privateKey }: Signer): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid })
    .sign(privateKey)
}

const Header = z.strictObject({ alg: z.literal('EdDSA'), typ: z.string(), kid: z.string() })

/** What a document says. @param publicKey raw Ed25519, base64url @throws one sentence where anything about it is wrong */
export async function openDocument<S extends z.ZodType>(
  jws: string,
  typ: DocumentType,
  schema: S,
  publicKey: string,
): Promise<z.output<S>> {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['EdDSA'] }).catch(() => {
    throw new Error('The document is not signed by this key.')
  })
  const header = Header.safeParse(protectedHeader)
  if (!header.success || header.data.typ !== typ) throw new Error(`The document is no ${typ}.`)
  if (header.data.kid !== thumbprint(publicKey))
    throw new Error('The document names another key than the one that signed it.')
  return schema.parse(JSON.parse(Buffer.from(payload).toString()))
}

/** What a document of our own database says, whose signature was checked when it was put there. */
export function readDocument<S extends z.ZodType>(jws: string, schema: S): z.output<S> {
  return schema.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()))
}
