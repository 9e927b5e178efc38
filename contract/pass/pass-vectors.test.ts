import { ed25519 } from '@noble/curves/ed25519.js'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { checkPass, type PassCheck, type VerifySignature } from './pass.ts'
import { passVectors, runPassVectors } from './pass-vectors.ts'
import { testKey, testKeys, testKeySet, verifyInNode } from '../testing/test-keys.ts'

const expiresAt = 1_800_000_000
const handle = '00112233445566778899'
const ours = testKeys.static.issue({ expiresAt, handle })

function edit(text: string, change: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = decodeBase45(text.slice(4))
  if (!bytes) throw new Error('not a pass')
  return `QP1:${encodeBase45(change(Uint8Array.from(bytes)))}`
}

/** RFC 8032 §5.1: the group order, little-endian. S + L signs the same bytes wherever S < L is not asked for. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
function addOrder(bytes: Uint8Array): Uint8Array {
  let carry = ORDER
  for (let at = bytes.length - 32; at < bytes.length; at++) {
    carry += BigInt(bytes[at] ?? 0)
    bytes[at] = Number(carry & 255n)
    carry >>= 8n
  }
  return bytes
}

const cases: readonly (readonly [name: string, text: string, kind: PassCheck['kind'], claims?: object])[] = [
  ['static', ours, 'authentic', { keyId: 1, expiresAt, handle }],
  [
    'phone',
    testKeys.phone.issue({ expiresAt, handle, audience: 'V-0001' }),
    'authentic',
    { keyId: 3, expiresAt, handle, audience: 'V-0001' },
  ],
  ['phone pass without a venue', testKeys.phone.issue({ expiresAt, handle }), 'forged'],
  ['venue on a static pass', testKeys.static.issue({ expiresAt, handle, audience: 'V-0001' }), 'forged'],
  ['one bit of the handle', edit(ours, (bytes) => bytes.with(29, (bytes[29] ?? 0) ^ 1)), 'forged'],
  ['S + L for S', edit(ours, addOrder), 'forged'],
  ['revoked key', testKeys.revoked.issue({ expiresAt, handle }), 'revoked-key'],
  ['unknown key', testKey(77, 'static', 600).issue({ expiresAt, handle }), 'unknown-key'],
  ['no tag', edit(ours, (bytes) => bytes.slice(1)), 'unreadable'],
  ['alg EdDSA (-8)', edit(ours, (bytes) => bytes.slice().fill(0x27, 5, 6)), 'unreadable'],
  ['lower case', ours.toLowerCase(), 'unreadable'],
]

it('the file is what the test keys sign; `vitest -u` writes it anew', async () => {
  const vectors = cases.map(([name, text, kind, claims]) => ({
    name,
    text,
    expect: { kind, ...(claims && { claims }) },
  }))
  const about = 'Known answers of checkPass. Test keys: anybody can sign with them.'
  const json = await format(JSON.stringify({ about, keySet: testKeySet, vectors }), { parser: 'json', printWidth: 120 })
  expect(json.length).toBeLessThan(4096)
  await expect(json).toMatchFileSnapshot('../vectors/pass.json')
})

it('Node gives every known answer', async () => {
  expect(await runPassVectors(verifyInNode)).toEqual([])
  expect(await runPassVectors((...of) => Promise.resolve(verifyInNode(...of)))).toEqual([])
})

it('an Ed25519 of another hand gives them too', async () => {
  const verify: VerifySignature = ({ publicKey }, signed, signature) =>
    ed25519.verify(signature, signed, new Uint8Array(Buffer.from(publicKey, 'base64url')), { zip215: false })
  expect(await runPassVectors(verify)).toEqual([])
})

it('checkPass gives the same answers', () => {
  for (const { name, text, expect: expected } of passVectors.vectors) {
    expect(checkPass(text, passVectors.keySet, verifyInNode), name).toMatchObject(expected)
  }
})

it('a broken Ed25519 does not go unnoticed', async () => {
  expect((await runPassVectors(() => true)).length).toBeGreaterThan(1)
  expect((await runPassVectors(() => false)).length).toBeGreaterThan(1)
})
