import { beforeEach, expect, test } from 'vitest'
import type { Corners, Decoder } from './decoder.ts'
import { createLook, isOurs } from './look.ts'
import type { Luma } from './luma.ts'
import { createPace } from './pace.ts'
import { createTelling } from './telling.ts'
import { createUnread } from './unread.ts'
import type { FromWorker } from './worker-messages.ts'

const PASS = 'QP1:ABC'
const corners: Corners = [
  { x: 0, y: 0 },
  { x: 9, y: 0 },
  { x: 9, y: 9 },
  { x: 0, y: 9 },
]
/** One grey everywhere: another `shade` is a picture that has moved. */
const picture = (shade: number): Luma => ({ data: new Uint8Array(64 * 64).fill(shade), width: 64, height: 64 })

let text: string | undefined
let glimpsed: Corners | undefined
let searches: number
let now: number
let told: FromWorker[]
let look: (picture: Luma) => void
const decoder: Decoder = {
  name: 'zxing-wasm',
  decode: () => {
    searches++
    return text === undefined ? undefined : { text, corners }
  },
  glimpse: () => glimpsed,
}
beforeEach(() => {
  ;[text, glimpsed, searches, now, told] = [undefined, undefined, 0, 0, []]
  look = createLook({
    decoder,
    pace: createPace(),
    telling: createTelling(),
    unread: createUnread(),
    ours: isOurs,
    now: () => now,
    tell: (message) => told.push(message),
  })
})
/** Pictures fifteen times a second. */
function watch(pictures: number, shadeOf: (at: number) => number): readonly FromWorker[] {
  const from = told.length
  for (let at = 0; at < pictures; at++, now += 67) look(picture(shadeOf(at)))
  return told.slice(from)
}

test('a code held still is told once and searched five times a second; its outline stays all the while', () => {
  text = PASS
  const messages = watch(30, () => 100)
  expect(messages.filter(({ kind }) => kind === 'read')).toEqual([{ kind: 'read', text: PASS }])
  const looked = messages.filter((message) => message.kind === 'looked')
  expect(looked).toHaveLength(30)
  expect(looked.every(({ outline }) => outline?.ours === true)).toBe(true)
  expect(searches).toBe(10)
})

test('what cannot be read for the better part of a second is told to need help, until it is read', () => {
  glimpsed = [
    { x: 0, y: 0 },
    { x: 30, y: 0 },
    { x: 30, y: 30 },
    { x: 0, y: 30 },
  ]
  const helped = (messages: readonly FromWorker[]): readonly boolean[] =>
    messages.flatMap((message) => (message.kind === 'looked' ? [message.needsHelp === true] : []))
  const before = helped(watch(15, (at) => 40 * (at % 2)))
  expect(before.indexOf(true)).toBeGreaterThan(6)
  expect(before.at(-1)).toBe(true)
  text = PASS
  expect(helped(watch(3, (at) => 40 * ((at + 1) % 2)))).toEqual([false, false, false])
})
