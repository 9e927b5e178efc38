/** COSE_Sign1 written as no careful encoder would: the same or other contents in unlawful or unusual clothes. */
import { toBeSigned } from '../../contract/pass/cose.ts'
import { testKey, testKeys } from '../../contract/testing/test-keys.ts'
import { calmed, type Random } from './random.ts'

type Item = readonly number[]

/** Head of major type 0…7 with its number in 0, 1, 2, 4 or 8 bytes after it, shortest or not; 31: indefinite. */
function head(major: number, value: number, width?: 0 | 1 | 2 | 4 | 8): Item {
  const shortest = value < 24 ? 0 : value < 0x100 ? 1 : value < 0x10000 ? 2 : 4
  const bytes = Math.max(width ?? shortest, shortest)
  if (bytes === 0) return [(major << 5) | value]
  const tail = Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) & 0xff)
  return [(major << 5) | (24 + Math.log2(bytes)), ...tail]
}

/** Now and then longer than need be. */
const width = (random: Random): 0 | 1 | 2 | 4 | 8 => (random.once(8) ? random.pick([1, 2, 4, 8]) : 0)
const number = (random: Random, value: number): Item =>
  value < 0 ? head(1, -1 - value, width(random)) : head(0, value, width(random))
const byteString = (random: Random, content: Item): Item =>
  random.once(30)
    ? [0x5f, ...head(2, content.length), ...content, 0xff]
    : [...head(2, content.length, width(random)), ...content]
const textString = (random: Random, content: string): Item => [
  ...head(3, content.length, width(random)),
  ...Buffer.from(content, 'latin1'),
]

/** Something of any type, for a place where it does not belong. */
function anything(random: Random): Item {
  return random.pick<() => Item>([
    () => number(random, random.below(1 << 30) - (1 << 29)),
    () => byteString(random, [...random.bytes(random.below(20))]),
    () => textString(random, 'V-0001'),
    () => [0x80],
    () => [0xa0],
    () => [0xbf, 0xff],
    () => [random.pick([0xf4, 0xf5, 0xf6, 0xf7, 0xff, 0xf9, 0x1f])],
    () => [0xfb, ...random.bytes(8)],
    () => [...head(6, random.below(100)), ...number(random, random.below(1000))],
    () => Array.from({ length: 1 + random.below(60) }, () => random.pick([0x81, 0x9f, 0xd2, 0xbf])),
  ])()
}

type Entries = (readonly [key: Item, value: Item])[]

/** A map with, at times, other order, more, fewer or repeated keys, or an indefinite length. */
function map(random: Random, entries: Entries): Item {
  const all = [...entries]
  if (random.once(4)) all.reverse()
  if (random.once(5)) all.push([number(random, random.pick([1, 2, 3, 4, 5, 6, 7, 8, -1, 256])), anything(random)])
  if (random.once(8)) all.push(random.pick(all.length > 0 ? all : [[[0], [0]] as const]))
  if (random.once(8)) all.splice(random.below(all.length), 1)
  if (random.once(8) && all[0]) all[0] = [all[0][0], anything(random)]
  const content = all.flatMap(([key, value]) => [...key, ...value])
  return random.once(15)
    ? [0xbf, ...content, 0xff]
    : [...head(5, all.length + (random.once(20) ? 1 : 0), width(random)), ...content]
}

const stranger = testKey(1, 'dynamic', 300)

/**
 * A pass that nobody issued, signed by a stranger, or by the right key: a shape that is not ours must not be read even
 * then.
 */
export function variant(wild: Random): Uint8Array {
  const byRightKey = wild.once(3)
  // One oddity in most, many in some: with many of them nothing beyond the first is ever reached.
  const random = calmed(wild, wild.pick([1, 6, 30]))
  const key = random.pick([testKeys.static, testKeys.dynamic, testKeys.phone])
  const kid = random.once(6) ? random.bytes(random.below(3)) : Uint8Array.of(key.key.keyId)
  const header = map(random, [
    [number(random, 1), number(random, random.once(4) ? random.pick([-8, -7, -35, 0, 5, 19, -65535]) : -19)],
    [number(random, 4), byteString(random, [...kid])],
  ])
  const payload = map(random, [
    ...(key === testKeys.phone ? ([[number(random, 3), textString(random, 'V-0001')]] as const) : []),
    [number(random, 4), number(random, 1_700_000_000 + random.below(1 << 27))],
    [number(random, 7), byteString(random, [...random.bytes(random.once(10) ? random.below(20) : 10)])],
  ])
  // What the right key signed must be refused for its shape, so it gets an unprotected header that is not empty.
  const signature = (byRightKey ? key : stranger).sign(toBeSigned(Uint8Array.from(header), Uint8Array.from(payload)))
  const unprotected = byRightKey
    ? [0xa1, ...number(random, 4), ...byteString(random, [...kid])]
    : random.once(6)
      ? anything(random)
      : [0xa0]
  return Uint8Array.from([
    ...(random.once(8) ? [] : head(6, random.once(6) ? random.below(64) : 18, width(random))),
    ...(random.once(15) ? [0x9f] : head(4, random.once(15) ? random.below(6) : 4, width(random))),
    ...byteString(random, header),
    ...unprotected,
    ...byteString(random, payload),
    ...byteString(random, [...signature]),
    ...(random.once(15) ? [0xff] : []),
  ])
}
