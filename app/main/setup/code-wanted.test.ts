import { expect, test } from 'vitest'
import type { DeviceStanding } from '../../preload/setup-api.ts'
import { isCodeMissed, isStranger, needsCode } from './code-wanted.ts'

const place = { venue: 'v', accessPoint: 'a' }
const server = 'https://qr.region.example'

interface Wanted {
  /** where set-up opens, with and without a code from the environment */
  readonly first: readonly [withCode: boolean, without: boolean]
  readonly missed: boolean
  readonly stranger: boolean
}
const cases: readonly (readonly [string, DeviceStanding, Wanted])[] = [
  ['let in nowhere', { kind: 'none' }, { first: [false, true], missed: false, stranger: true }],
  [
    'let in nowhere by a spent code',
    { kind: 'none', server, trouble: 'refused' },
    { first: [true, true], missed: true, stranger: true },
  ],
  ['being let in', { kind: 'enrolling', server }, { first: [false, true], missed: false, stranger: false }],
  [
    'whose server is away',
    { kind: 'enrolling', server, trouble: 'unreachable' },
    { first: [true, true], missed: false, stranger: true },
  ],
  [
    'whose root is compared',
    { kind: 'confirming', fingerprint: 'F', ...place },
    { first: [true, true], missed: false, stranger: false },
  ],
  [
    'that awaits approval',
    { kind: 'pending', fingerprint: 'F', ...place },
    { first: [true, true], missed: false, stranger: false },
  ],
  ['just let in', { kind: 'enrolled', ...place }, { first: [false, false], missed: false, stranger: false }],
  [
    'that a spent code did not move',
    { kind: 'enrolled', ...place, trouble: 'refused' },
    { first: [false, false], missed: false, stranger: false },
  ],
  ['that works', { kind: 'working', ...place }, { first: [false, false], missed: false, stranger: false }],
  ['not known any more', { kind: 'unknown', ...place }, { first: [true, true], missed: true, stranger: true }],
  [
    'not known, and its code spent',
    { kind: 'unknown', ...place, trouble: 'refused' },
    { first: [true, true], missed: true, stranger: true },
  ],
  ['struck off', { kind: 'revoked' }, { first: [true, true], missed: true, stranger: true }],
]
test.each(cases)(
  'a terminal %s: whether set-up begins with a code, goes back for one, takes one that is read',
  (_one, standing, wanted) => {
    expect({
      first: [needsCode(standing, true), needsCode(standing, false)],
      missed: isCodeMissed(standing),
      stranger: isStranger(standing),
    }).toEqual(wanted)
  },
)
