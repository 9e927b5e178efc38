import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { expect, test } from 'vitest'
import { jweOpener } from './open-jwe.ts'

const { publicKey, privateKey } = generateKeyPairSync('x25519')
const seal = (plain: Uint8Array, header: object = {}): Promise<string> =>
  new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'ours', ...header })
    .encrypt(publicKey)
const openJwe = jweOpener((kid) => (kid === 'ours' ? privateKey : undefined))

test('opens what jose has sealed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (plain) => {
      const opened = openJwe(await seal(plain))
      expect(opened.kind === 'opened' && new Uint8Array(opened.plain)).toEqual(plain)
    }),
    { seed: 7516, numRuns: 100 },
  )
})

test('a changed character anywhere is noticed, as jose notices it', async () => {
  const jwe = await seal(Buffer.from('{"v":1}'))
  let opened = 0
  for (let at = 0; at < jwe.length; at++) {
    const changed = jwe.slice(0, at) + (jwe[at] === 'A' ? 'B' : 'A') + jwe.slice(at + 1)
    const isOpened = openJwe(changed).kind === 'opened'
    const joses = await compactDecrypt(changed, privateKey).then(
      () => true,
      () => false,
    )
    expect(isOpened).toBe(joses)
    opened += isOpened ? 1 : 0
  }
  // the last character of a part may hold bits that mean nothing
  expect(opened).toBeLessThan(4)
})

test.each<readonly [string, object]>([
  ['another key agreement', { alg: 'ECDH-ES+A256KW' }],
  ['another cipher', { enc: 'A128GCM' }],
  ['something to be understood', { crit: ['x'], x: 1 }],
  ['a header of its own', { x: 1 }],
])('%s is no event of ours', async (_, header) => {
  const jwe = await seal(Buffer.from('{}'), header).catch(async () => {
    const [, ...rest] = (await seal(Buffer.from('{}'))).split('.')
    return [
      Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'ours', ...header })).toString('base64url'),
      ...rest,
    ].join('.')
  })
  expect(openJwe(jwe)).toEqual({ kind: 'unreadable', why: 'no-jwe' })
})

test('another’s key is named, and a key that everybody can compute is no key', async () => {
  expect(openJwe(await seal(Buffer.from('{}'), { kid: 'theirs' }))).toEqual({
    kind: 'unknown-key',
    kid: 'theirs',
  })
  const [, ...rest] = (await seal(Buffer.from('{}'))).split('.')
  for (const point of [Buffer.alloc(32), Buffer.alloc(32, 1).fill(0, 1)]) {
    const epk = { kty: 'OKP', crv: 'X25519', x: point.toString('base64url') }
    const head = Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'ours', epk })).toString('base64url')
    expect(openJwe([head, ...rest].join('.'))).toEqual({ kind: 'unreadable', why: 'forged' })
  }
})

test('a header that opened one event opens others, and forges none', async () => {
  const [head = '', , iv = '', text = '', tag = ''] = (await seal(Buffer.from('{"v":1}'))).split('.')
  const under = (nonce: string, body: string, mac: string): string => [head, '', nonce, body, mac].join('.')
  for (let time = 0; time < 3; time++) {
    expect(openJwe(under(iv, text, tag))).toEqual({ kind: 'opened', plain: Buffer.from('{"v":1}') })
    expect(openJwe(under(iv, `A${text}`, tag))).toEqual({ kind: 'unreadable', why: 'forged' })
    expect(openJwe(under(tag.slice(0, 16), text, tag))).toEqual({ kind: 'unreadable', why: 'forged' })
  }
})

test('never throws, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fc.base64String(), { minLength: 5, maxLength: 5 }).map((parts) => parts.join('.')),
      ),
      (text) => {
        expect(openJwe(text).kind).toBe('unreadable')
      },
    ),
    { seed: 5, numRuns: 500 },
  )
})
