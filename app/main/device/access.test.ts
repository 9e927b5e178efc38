import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Unreachable } from '../ports.ts'
import { createAccess, type Access, type TokenAnswer } from './access.ts'

let now = 0
let asked = 0
let answer: () => Promise<TokenAnswer>
let refused: string[]
let server: string | undefined
let access: Access

beforeEach(() => {
  vi.useFakeTimers()
  now = asked = 0
  refused = []
  server = 'http://server'
  answer = async () => ({ kind: 'granted', token: `token-${asked}`, seconds: 600 })
  access = createAccess({
    server: () => server,
    ask: () => {
      asked++
      return answer()
    },
    now: () => now,
    onRefused: (code) => refused.push(code),
    onGranted: () => undefined,
    random: () => 0,
  })
})
afterEach(() => {
  access.stop()
  vi.useRealTimers()
})
const pass = async (ms: number): Promise<void> => {
  now += ms
  await vi.advanceTimersByTimeAsync(ms)
}

test('many who need a token at once ask once', async () => {
  expect(access.now()).toBeUndefined()
  const passes = await Promise.all([access.soon(), access.soon(), access.soon()])
  expect(new Set(passes.map(({ token }) => token))).toEqual(new Set(['token-1']))
  expect(asked).toBe(1)
})

test('the next one comes ahead of the end of the last, and nobody waits', async () => {
  await access.soon()
  await pass(359_999)
  expect(asked).toBe(1)
  await pass(1)
  expect(access.now()?.token).toBe('token-2')
  await pass(600_000)
  expect(access.now()).toBeDefined()
})

test('while the server is away the last one is used up, and then there is none', async () => {
  await access.soon()
  answer = () => Promise.reject(new Unreachable('away'))
  await pass(584_000)
  expect(access.now()?.token).toBe('token-1')
  await pass(1000)
  expect(access.now()).toBeUndefined()
  await expect(access.soon()).rejects.toThrow(Unreachable)
})

test('one that was refused is not shown again; a newer one is not thrown away for it', async () => {
  await access.soon()
  access.spent('token-1')
  expect(access.now()).toBeUndefined()
  await access.soon()
  access.spent('token-1')
  expect(access.now()?.token).toBe('token-2')
})

test('a refusal is told, with what it was for', async () => {
  answer = async () => ({ kind: 'refused', code: 'device-pending' })
  await expect(access.soon()).rejects.toThrow('device-pending')
  expect(refused).toEqual(['device-pending'])
})

test('an answer to who it was before is not taken for an answer to who it is', async () => {
  let give: (answer: TokenAnswer) => void = () => undefined
  answer = () => new Promise((resolve) => (give = resolve))
  const late = access.soon()
  access.forget()
  give({ kind: 'granted', token: 'of another', seconds: 600 })
  await expect(late).rejects.toThrow(Unreachable)
  expect(access.now()).toBeUndefined()
})

test('not enrolled, nobody is asked', async () => {
  server = undefined
  await expect(access.soon()).rejects.toThrow('not enrolled')
  expect(asked).toBe(0)
})
