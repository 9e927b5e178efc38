import { encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { bytesOfHex, checkPass, hexOf, PASS_PREFIX, readPass, stripScannerFraming } from './pass.ts'
import { toBeSigned } from './cose.ts'
import { testKey, testKeys, testKeySet, verifyInNode } from '../testing/test-keys.ts'

const expiresAt = 0x6b49d200
const handle = '00112233445566778899'
const text = testKeys.static.issue({ expiresAt, handle })
const bytes = decodeBase45(text.slice(4)) ?? new Uint8Array()
const hex = hexOf(bytes)
const signature = hex.slice(-128)

const passOf = (made: string): string => PASS_PREFIX + encodeBase45(bytesOfHex(made))
const isRead = (made: string): boolean => readPass(made) !== undefined
const check = (made: string): string => checkPass(made, testKeySet, verifyInNode).kind

describe('layout (DESIGN of the pass)', () => {
  it('a handle-only pass is 96 bytes, 148 characters', () => {
    expect(bytes).toHaveLength(96)
    expect(text).toHaveLength(4 + 144)
    expect(hex).toBe(`d28446a20132044101a053a2041a6b49d200074a${handle}5840${signature}`)
  })

  it.each([0, 23, 24, 255])('kid %i is one byte wherever it lies', (keyId) => {
    const made = testKey(keyId, 'static', 600).issue({ expiresAt, handle })
    expect(hexOf(decodeBase45(made.slice(4)) ?? new Uint8Array())).toMatch(
      new RegExp(`^d28446a201320441${hexOf(Uint8Array.of(keyId))}a053a2`),
    )
    expect(readPass(made)?.keyId).toBe(keyId)
  })

  it('a phone pass adds the venue, before the others', () => {
    const made = testKeys.phone.issue({ expiresAt, handle, audience: 'V-0001' })
    expect(hexOf(decodeBase45(made.slice(4)) ?? new Uint8Array())).toMatch(
      /^d28446a2013204410 ?3a0581ba30366562d30303031041a/,
    )
    // QR version 7 at level M holds 178 alphanumeric characters
    expect(made.length).toBeLessThanOrEqual(178)
  })

  it('is all of the QR alphanumeric set', () => {
    expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
  })
})

/** The pass with parts replaced and everything else, lengths included, right. */
interface Parts {
  readonly header?: string
  readonly unprotected?: string
  readonly payload?: string
  readonly signature?: string
}
const bstr = (content: string): string => hexOf(encode(bytesOfHex(content)))
function assemble(parts: Parts, head = 'd284'): string {
  const header = parts.header ?? 'a20132044101'
  const payload = parts.payload ?? `a2041a6b49d200074a${handle}`
  const signed = hexOf(testKeys.static.sign(toBeSigned(bytesOfHex(header), bytesOfHex(payload))))
  return passOf(head + bstr(header) + (parts.unprotected ?? 'a0') + bstr(payload) + bstr(parts.signature ?? signed))
}

describe('a shape that is not ours is unreadable, though its signature were good', () => {
  it('the assembled pass without a change is authentic', () => {
    expect(assemble({})).toBe(text)
    expect(check(assemble({}))).toBe('authentic')
  })

  it.each<readonly [string, string]>([
    ['no tag', assemble({}, '84')],
    ['tag 17 (COSE_Mac0)', assemble({}, 'd184')],
    ['tag 61 (CWT) around', assemble({}, 'd83dd284')],
    ['tag 18 written in two bytes', assemble({}, 'd81284')],
    ['array length in two bytes', assemble({}, 'd29804')],
    ['array of indefinite length, ended', passOf(`d29f${hex.slice(4)}ff`)],
    ['array of five', passOf(`d285${hex.slice(4)}00`)],
    ['array of three', passOf(`d283${hex.slice(4, -132)}`)],
    ['one byte more', passOf(`${hex}00`)],
    ['a second pass behind', passOf(hex + hex)],
    ['one byte less', passOf(hex.slice(0, -2))],
    ['empty protected header', assemble({ header: '' })],
    ['protected header is an empty map', assemble({ header: 'a0' })],
    ['kid in the unprotected header', assemble({ header: 'a10132', unprotected: 'a1044101' })],
    ['alg in the unprotected header', assemble({ header: 'a1044101', unprotected: 'a10132' })],
    ['unprotected header not empty', assemble({ unprotected: 'a1044101' })],
    ['unprotected header indefinite', assemble({ unprotected: 'bfff' })],
    ['unprotected header no map', assemble({ unprotected: '80' })],
    ['alg EdDSA (-8)', assemble({ header: 'a20127044101' })],
    ['alg ES256 (-7)', assemble({ header: 'a20126044101' })],
    ['alg none (0)', assemble({ header: 'a20100044101' })],
    ['alg as text', assemble({ header: 'a201654564445341044101' })],
    ['alg in two bytes', assemble({ header: 'a2013812044101' })],
    ['kid of two bytes', assemble({ header: 'a2013204420101' })],
    ['kid of no byte', assemble({ header: 'a201320440' })],
    ['kid a number', assemble({ header: 'a201320401' })],
    ['kid text', assemble({ header: 'a20132046131' })],
    ['kid of indefinite length', assemble({ header: 'a20132045f4101ff' })],
    ['kid twice', assemble({ header: 'a30132044101044101' })],
    ['third header (crit)', assemble({ header: 'a30132028101044101' })],
    ['something after the header', assemble({ header: 'a2013204410100' })],
    ['issuer too', assemble({ payload: `a3016161041a6b49d200074a${handle}` })],
    ['issue time too', assemble({ payload: `a3041a6b49d200061a6b49d200074a${handle}` })],
    ['no handle', assemble({ payload: 'a1041a6b49d200' })],
    ['no expiry', assemble({ payload: `a1074a${handle}` })],
    ['null venue', assemble({ payload: `a303f6041a6b49d200074a${handle}` })],
    ['undefined venue', assemble({ payload: `a303f7041a6b49d200074a${handle}` })],
    ['venue in lower case', assemble({ payload: `a3036176041a6b49d200074a${handle}` })],
    ['empty venue', assemble({ payload: `a30360041a6b49d200074a${handle}` })],
    ['venue of bytes', assemble({ payload: `a3034156041a6b49d200074a${handle}` })],
    ['expiry in eight bytes', assemble({ payload: `a2041b000000006b49d200074a${handle}` })],
    ['expiry beyond 32 bits', assemble({ payload: `a2041b000000016b49d200074a${handle}` })],
    ['claims in another order', assemble({ payload: `a2074a${handle}041a6b49d200` })],
    ['headers in another order', assemble({ header: 'a20441010132' })],
    ['expiry a float', assemble({ payload: `a204fb41dad27480000000074a${handle}` })],
    ['expiry negative', assemble({ payload: `a2043a6b49d200074a${handle}` })],
    ['expiry in milliseconds', assemble({ payload: `a2041b000001a3185c5000074a${handle}` })],
    ['expiry tagged as a time', assemble({ payload: `a204c11a6b49d200074a${handle}` })],
    ['expiry twice', assemble({ payload: `a3041a6b49d200041a6b49d201074a${handle}` })],
    ['handle of 9 bytes', assemble({ payload: `a2041a6b49d2000749${handle.slice(2)}` })],
    ['handle of 11 bytes', assemble({ payload: `a2041a6b49d200074b${handle}00` })],
    ['handle as text', assemble({ payload: `a2041a6b49d200076a${'41'.repeat(10)}` })],
    ['handle length in two bytes', assemble({ payload: `a2041a6b49d20007580a${handle}` })],
    ['claims in a map of indefinite length', assemble({ payload: `bf041a6b49d200074a${handle}ff` })],
    ['claims an array', assemble({ payload: `82041a6b49d200` })],
    ['something after the claims', assemble({ payload: `a2041a6b49d200074a${handle}00` })],
    ['signature of 63 bytes', assemble({ signature: signature.slice(2) })],
    ['signature of 65 bytes', assemble({ signature: `${signature}00` })],
    ['no signature', assemble({ signature: '' })],
  ])('%s', (_, made) => {
    expect(isRead(made)).toBe(false)
    expect(check(made)).toBe('unreadable')
  })
})

describe('the text', () => {
  it.each<readonly [string, string]>([
    ['nothing', ''],
    ['the prefix alone', 'QP1:'],
    ['lower case', text.toLowerCase()],
    ['trailing space', `${text} `],
    ['leading space', ` ${text}`],
    ['trailing line feed', `${text}\n`],
    ['another version', text.replace('QP1:', 'QP2:')],
    ['another system’s prefix', text.replace('QP1:', 'HC1:')],
    ['no prefix', text.slice(4)],
    ['the prefix twice', `QP1:${text}`],
    ['too short', text.slice(0, 93)],
    ['too long', `QP1:${'A'.repeat(391)}`],
    ['1 MB', `QP1:${'A'.repeat(1_000_000)}`],
    ['Cyrillic look-alike', text.replace('P', 'Р')],
    ['a null character', `${text.slice(0, 50)}\0${text.slice(51)}`],
    ['emoji', '\u{1f600}'.repeat(80)],
    ['an address', `https://example.org/${text}`],
  ])('%s is unreadable', (_, made) => {
    expect(isRead(made)).toBe(false)
  })

  it('inner spaces are data: two of them are kept, and one of them is another text', () => {
    const spaced = Array.from({ length: 5000 }, (_, at) =>
      testKeys.static.issue({ expiresAt: expiresAt + at, handle }),
    ).find((made) => made.includes('  '))
    if (spaced === undefined) throw new Error('no pass with two spaces in 5000')
    expect(check(spaced)).toBe('authentic')
    expect(check(stripScannerFraming(`]Q1${spaced}\r\n`))).toBe('authentic')
    expect(check(spaced.replace('  ', ' '))).toBe('unreadable')
  })

  it('whatever the text, there is an answer and no exception', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.string({ maxLength: 400 }).map((tail) => `QP1:${tail}`),
    )
    fc.assert(
      fc.property(anyText, (made) => {
        expect(check(made)).toBe('unreadable')
      }),
      { seed: 1, numRuns: 2000 },
    )
  })
})

describe('stripScannerFraming', () => {
  it.each([
    ['\r', ''],
    ['\n', ''],
    ['\r\n', ''],
    ['\t', ''],
    ['', ']Q0'],
    ['\r\n', ']Q1'],
    ['\t\r\n', ']Q6'],
  ])('takes %j after and %j before', (after, before) => {
    expect(stripScannerFraming(before + text + after)).toBe(text)
  })

  it.each([`${text} `, `${text} \r\n`, ` ${text}`, `\r${text}`, `]Q7${text}`, `]C1${text}`, `]Q1]Q1${text}`])(
    'takes nothing else: %j does not become a pass',
    (made) => {
      expect(isRead(stripScannerFraming(made))).toBe(false)
    },
  )
})

describe('a key and the venue', () => {
  it.each([
    ['static', undefined, 'authentic'],
    ['static', 'V-1', 'forged'],
    ['dynamic', undefined, 'authentic'],
    ['dynamic', 'V-1', 'forged'],
    ['phone', undefined, 'forged'],
    ['phone', 'V-1', 'authentic'],
    ['revoked', undefined, 'revoked-key'],
    ['revoked', 'V-1', 'revoked-key'],
  ] as const)('%s key, venue %s: %s', (use, audience, kind) => {
    expect(check(testKeys[use].issue({ expiresAt, handle, ...(audience !== undefined && { audience }) }))).toBe(kind)
  })

  it('a key outside the set is unknown, by its number', () => {
    const made = testKey(77, 'static', 600).issue({ expiresAt, handle })
    expect(checkPass(made, testKeySet, verifyInNode)).toEqual({ kind: 'unknown-key', keyId: 77 })
  })

  it('another key’s number on a pass is a forgery', () => {
    expect(check(passOf(hex.replace('044101', '044102')))).toBe('forged')
  })
})
