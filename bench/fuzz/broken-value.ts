/** Values with one thing in them that should not be there. */
import type { Random } from './random.ts'

const hostile: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  -0,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  2 ** 31,
  2 ** 63,
  '',
  ' ',
  '0',
  '\0',
  'a\0b',
  '\ud800',
  '\u202eabc',
  'NaN',
  "'; drop table visits; --",
  '$1',
  '../../etc/passwd',
  '%00',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=1+1',
  '\u{1f600}'.repeat(50),
  'A'.repeat(5000),
  '00000000-0000-7000-8000-000000000000',
  'ffffffff-ffff-7fff-bfff-ffffffffffff',
  '019b0000-0000-4000-8000-000000000000',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
  '2026-11-22T25:00:00Z',
  '2026-11-22T12:00:00+03:00',
  [],
  {},
  [[]],
  { kind: 'admission' },
  { toString: 1, valueOf: 1, length: -1 },
]

/** The value with one place in it replaced, removed, doubled or added to. */
export function brokenValue(value: unknown, random: Random): unknown {
  if (random.once(6) || typeof value !== 'object' || value === null) return random.pick(hostile)
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as readonly unknown[])]
    const at = random.below(items.length)
    if (random.once(6)) return Array.from({ length: 300 }, () => items[0] ?? null)
    items[at] = brokenValue(items[at], random)
    return items
  }
  const entries: [string, unknown][] = Object.entries(value)
  const at = random.below(entries.length)
  const [name, inner] = entries[at] ?? ['', undefined]
  switch (random.below(4)) {
    case 0:
      entries.splice(at, 1)
      break
    case 1:
      entries.push([
        random.pick(['__proto__', 'constructor', 'admin', 'ID', ' id', '', 'toJSON']),
        random.pick(hostile),
      ])
      break
    default:
      entries[at] = [name, brokenValue(inner, random)]
  }
  // fromEntries, unlike a literal, makes `__proto__` an own key
  return Object.fromEntries(entries)
}

/** Text that is no JSON any more, or JSON that tries the reader's patience. */
export function brokenText(json: string, random: Random): Buffer {
  const bytes = Buffer.from(json)
  return random.pick<() => Buffer>([
    () => bytes.subarray(0, random.below(bytes.length)),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    () => Buffer.from(bytes.map((byte) => (random.once(30) ? random.below(256) : byte))),
    () => Buffer.from(json, 'utf16le'),
    () => Buffer.from('['.repeat(1 + random.below(4000))),
    () => Buffer.from(`${'{"a":'.repeat(600)}1${'}'.repeat(600)}`),
    () => Buffer.from(json.replace(/\d+/, '1e999')),
    () => Buffer.from(json.replace(/^\{/, '{"id":1,"id":2,')),
    () => Buffer.from(`${' '.repeat(random.below(8000))}${json}`),
    () => Buffer.from(random.bytes(random.below(600_000))),
    () => Buffer.alloc(0),
    () => Buffer.from('null'),
  ])()
}
