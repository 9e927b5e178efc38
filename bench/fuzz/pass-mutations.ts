/** Texts that nobody issued, made of passes that somebody did. */
import { encodeBase45 } from '../../contract/pass/base45.ts'
import { testKey } from '../../contract/testing/test-keys.ts'
import { variant } from './cbor-variants.ts'
import { bytesOfPass, issued } from './issued.ts'
import type { Random } from './random.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const SIGNATURE_BYTES = 64
const passText = (bytes: Uint8Array): string => `QP1:${encodeBase45(bytes)}`
const issuedBytes = (random: Random): Uint8Array => bytesOfPass(random.pick(issued))

function flipBits(random: Random): string {
  const bytes = Uint8Array.from(issuedBytes(random))
  for (let left = 1 + random.below(8); left > 0; left--) {
    const at = random.below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
  }
  return passText(bytes)
}

function editBytes(random: Random): string {
  const bytes = [...issuedBytes(random)]
  for (let left = 1 + random.below(4); left > 0; left--) {
    const some = [...random.bytes(random.below(5))]
    bytes.splice(random.below(bytes.length), random.below(5), ...some)
  }
  return passText(Uint8Array.from(bytes))
}

function editCharacters(random: Random): string {
  const characters = [...random.pick(issued)]
  for (let left = 1 + random.below(4); left > 0; left--) {
    const wild = String.fromCodePoint(random.pick([random.below(128), random.below(0xd800), 0x1f600]))
    const one = random.once(6) ? wild : ALPHABET.charAt(random.below(45))
    characters.splice(random.below(characters.length), random.below(3), ...(random.once(4) ? [] : [one]))
  }
  return characters.join('')
}

function splice(random: Random): string {
  if (random.once(2)) {
    const [one, two] = [random.pick(issued), random.pick(issued)]
    return one.slice(0, random.below(one.length)) + two.slice(random.below(two.length))
  }
  const [one, two] = [issuedBytes(random), issuedBytes(random)]
  const cut = random.below(Math.min(one.length, two.length))
  return passText(Uint8Array.from([...one.slice(0, cut), ...two.slice(cut)]))
}

function truncate(random: Random): string {
  const text = random.pick(issued)
  if (random.once(2)) return text.slice(0, random.below(text.length))
  const bytes = issuedBytes(random)
  return passText(bytes.slice(0, random.below(bytes.length)))
}

function lengthen(random: Random): string {
  const text = random.pick(issued)
  if (random.once(2)) return text + ALPHABET.charAt(random.below(45)).repeat(1 + random.below(300))
  return passText(Uint8Array.from([...bytesOfPass(text), ...random.bytes(1 + random.below(150))]))
}

function swapSignature(random: Random): string {
  const [body, other] = [issuedBytes(random), issuedBytes(random)]
  return passText(Uint8Array.from([...body.slice(0, -SIGNATURE_BYTES), ...other.slice(-SIGNATURE_BYTES)]))
}

/** RFC 8032: the group order, little-endian; and points of small order, with which sloppy verifiers can be fooled. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map((hex) => [...Buffer.from(hex, 'hex')])

function bendSignature(random: Random): string {
  const bytes = Uint8Array.from(issuedBytes(random))
  const [r, s] = [bytes.subarray(-64, -32), bytes.subarray(-32)]
  const bend = random.below(4)
  if (bend === 0) addTo(s, ORDER * BigInt(1 + random.below(8)))
  if (bend === 1) r.set(random.pick(SMALL_ORDER))
  if (bend === 2) s.fill(0)
  if (bend === 3) addTo(r, BigInt(1 + random.below(20)))
  if (random.once(3)) r.set(random.pick(SMALL_ORDER))
  return passText(bytes)
}

function addTo(littleEndian: Uint8Array, value: bigint): void {
  let carry = value
  littleEndian.forEach((byte, at) => {
    carry += BigInt(byte)
    littleEndian[at] = Number(carry & 255n)
    carry >>= 8n
  })
}

const strangers = [1, 2, 3, 4, 9].map((keyId) => testKey(keyId, keyId === 3 ? 'dynamic' : 'phone', 777))
function signByStranger(random: Random): string {
  const claims = {
    expiresAt: 0x10000 + random.below(0x7fffffff),
    handle: Buffer.from(random.bytes(10)).toString('hex'),
  }
  return random.pick(strangers).issue({ ...claims, ...(random.once(2) && { audience: 'V-0001' }) })
}

function foreignText(random: Random): string {
  const length = random.below(random.once(50) ? 20_000 : 500)
  return random.pick<() => string>([
    () => `QP1:${Array.from({ length }, () => ALPHABET.charAt(random.below(45))).join('')}`,
    () => String.fromCodePoint(...random.bytes(length)),
    () => `HC1:${encodeBase45(random.bytes(length))}`,
    () => passText(random.bytes(60 + random.below(200))),
    () => `https://example.org/v/${random.pick(issued)}`,
    () => random.pick(issued).toLowerCase(),
    () => passText(new Uint8Array(100).fill(random.pick([0x81, 0x9f, 0xd2, 0xbf, 0xff, 0x5f]))),
  ])()
}

export const passMutations = {
  flipBits,
  editBytes,
  editCharacters,
  splice,
  truncate,
  lengthen,
  swapSignature,
  bendSignature,
  signByStranger,
  foreignText,
  cborVariant: (random: Random): string => passText(variant(random)),
} as const
