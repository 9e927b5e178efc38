/** COSE_Sign1 against the working group's examples (vectors/cose/SOURCES.md) and RFC 8392 A.3. */
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodeBase45 } from './base45.ts'
import { decodeStrict, readSign1, toBeSigned } from './cose.ts'
import { readPass } from './pass.ts'
import { bytesOfHex, hexOf } from './pass.ts'

const Example = z.object({
  title: z.string(),
  fail: z.boolean().default(false),
  input: z.object({ sign0: z.object({ key: z.record(z.string(), z.string()), alg: z.string() }) }),
  intermediates: z.object({ ToBeSign_hex: z.string() }),
  output: z.object({ cbor: z.string() }),
})
type Example = z.infer<typeof Example>

const folder = new URL('../vectors/cose/', import.meta.url)
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map((file) => [file, Example.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))] as const)
const example = (name: string): Example => {
  const found = examples.find(([file]) => file.endsWith(`${name}.json`))
  if (!found) throw new Error(`no example ${name}`)
  return found[1]
}
const coseOf = ({ output }: Example): Uint8Array => bytesOfHex(output.cbor)

/** COSE's numbers for what the examples sign with. */
const ALGORITHMS: Readonly<Record<string, number>> = { ES256: -7, EdDSA: -8 }

function publicKeyOf({ input }: Example): JsonWebKey {
  const { kty, crv, x, y, x_hex, y_hex } = input.sign0.key
  const part = (hex?: string): string | undefined => hex && Buffer.from(hex, 'hex').toString('base64url')
  return { kty, crv, x: x ?? part(x_hex), ...(kty === 'EC' ? { y: y ?? part(y_hex) } : {}) } as JsonWebKey
}

/** What a reader does whose key record says the algorithm: the header must say the same, wherever it says it. */
function isAccepted(of: Example): boolean {
  const sign1 = readSign1(coseOf(of))
  if (!sign1) return false
  const algorithm = sign1.protectedHeader.get(1) ?? sign1.unprotectedHeader.get(1)
  if (algorithm !== ALGORITHMS[of.input.sign0.alg]) return false
  // RFC 9052 §3: an empty protected header is signed as an empty string
  const signedHeader = sign1.protectedHeader.size === 0 ? new Uint8Array(0) : sign1.protectedBytes
  const key = createPublicKey({ key: publicKeyOf(of), format: 'jwk' })
  const isEcdsa = of.input.sign0.alg === 'ES256'
  return verify(
    isEcdsa ? 'sha256' : null,
    toBeSigned(signedHeader, sign1.payload),
    isEcdsa ? { key, dsaEncoding: 'ieee-p1363' } : key,
    sign1.signature,
  )
}

/** Good examples that we refuse, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  'sign1-tests/sign-pass-02.json': 'signed over external data that we never have',
  'sign1-tests/sign-pass-03.json': 'no tag 18: with us it must be there',
}

describe('the working group’s examples', () => {
  it('are all here', () => {
    expect(examples).toHaveLength(12)
    expect(examples.filter(([, { fail }]) => fail)).toHaveLength(6)
  })

  it.each(examples)('%s', (file, of) => {
    expect(isAccepted(of), of.title).toBe(!of.fail && !(file in REFUSED))
  })

  it.each(examples.filter(([file, { fail }]) => !fail && !(file in REFUSED)))('%s: what is signed', (_, of) => {
    const sign1 = readSign1(coseOf(of))
    if (!sign1) throw new Error('unread')
    const signedHeader = sign1.protectedHeader.size === 0 ? new Uint8Array(0) : sign1.protectedBytes
    expect(hexOf(toBeSigned(signedHeader, sign1.payload))).toBe(of.intermediates.ToBeSign_hex.toLowerCase())
  })

  it('sign-pass-01 has its algorithm where nobody signed it: no pass of ours, on purpose', () => {
    expect(isAccepted(example('sign-pass-01'))).toBe(true)
    expect(readPass(`QP1:${encodeBase45(coseOf(example('sign-pass-01')))}`)).toBeUndefined()
  })

  it.each(examples)('%s is no pass of ours', (_, of) => {
    expect(readPass(`QP1:${encodeBase45(coseOf(of))}`)).toBeUndefined()
  })
})

it('RFC 8392 A.3: the claims', () => {
  const claims = decodeStrict(readSign1(coseOf(example('A_3')))?.payload ?? new Uint8Array(0))
  expect(claims).toEqual(
    new Map<number, unknown>([
      [1, 'coap://as.example.com'],
      [2, 'erikw'],
      [3, 'coap://light.example.com'],
      [4, 1444064944],
      [5, 1443944944],
      [6, 1443944944],
      [7, Uint8Array.of(0x0b, 0x71)],
    ]),
  )
})
