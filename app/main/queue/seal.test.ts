import { generateKeyPairSync } from 'node:crypto'
import { compactDecrypt } from 'jose'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { AdmissionEvent } from '../../../contract/kiosk/admission.ts'
import { createSeal, NoSealKey } from './seal.ts'

const server = (kid: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  return { recipient: { kid, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' }, privateKey }
}
const event = (): AdmissionEvent => ({
  kind: 'admission',
  request: { id: v7(), accessPoint: 1, credential: 'QP1:X', presentedAt: '2026-11-22T19:00:00.000Z' },
  decision: { outcome: 'granted' },
})
const part = (jwe: string, at: number): string => jwe.split('.')[at] ?? ''
const stamp = { wall: 1_795_374_000_000, offset: 12, uncertainty: 3 }

test('events of a while share what was agreed, never a nonce; jose opens each', async () => {
  const { recipient, privateKey } = server('one')
  const seal = createSeal(
    () => recipient,
    () => stamp,
  )
  const events = Array.from({ length: 200 }, event)
  const sealed = await Promise.all(events.map((one) => seal(one)))
  expect(new Set(sealed.map(({ jwe }) => part(jwe, 0))).size).toBe(1)
  expect(new Set(sealed.map(({ jwe }) => part(jwe, 2))).size).toBe(200)
  for (const [at, { id, jwe }] of sealed.entries()) {
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey)
    expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'one' })
    expect(JSON.parse(Buffer.from(plaintext).toString())).toEqual({ v: 1, event: events[at], ...stamp })
    expect(id).toBe(events[at]?.kind === 'admission' ? events[at].request.id : '')
  }
})

test('agreed anew after 200 events, after ten minutes, and for another key', async () => {
  let now = 0
  const first = server('one')
  const second = server('two')
  let { recipient } = first
  const seal = createSeal(
    () => recipient,
    () => stamp,
    () => now,
  )
  const header = async (): Promise<string> => part((await seal(event())).jwe, 0)
  const seen = new Set([await header()])
  for (let n = 1; n < 200; n++) seen.add(await header())
  expect(seen.size).toBe(1)
  seen.add(await header())
  expect(seen.size).toBe(2)
  now = 10 * 60_000 - 1
  seen.add(await header())
  expect(seen.size).toBe(2)
  now++
  seen.add(await header())
  expect(seen.size).toBe(3)
  recipient = second.recipient
  const { jwe } = await seal(event())
  expect((await compactDecrypt(jwe, second.privateKey)).protectedHeader.kid).toBe('two')
})

test('without a key nothing is sealed', async () => {
  const seal = createSeal(
    () => undefined,
    () => stamp,
  )
  await expect(seal(event())).rejects.toBeInstanceOf(NoSealKey)
})
