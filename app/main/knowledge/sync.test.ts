import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DOCUMENT_TYPES } from '../../../contract/kiosk/keys.ts'
import { syncKeys, type Refusal, type Source } from './sync.ts'
import { makeAuthority, makeKey, newHandle, signDocument, type Authority } from '../testing/authority.ts'
import { fresh, kiosk } from '../testing/learner.ts'

const NOW = new Date('2026-11-22T19:00:00Z')
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000)

test('a kiosk that knows nothing learns all; then only what changed is fetched', async () => {
  const authority = makeAuthority(NOW)
  const { learn, asked, refusals } = kiosk(authority)
  const first = await learn(fresh)
  expect(first.denyList?.entries).toEqual(authority.entries())
  authority.now = later(1)
  const confirmed = await learn(first)
  expect(confirmed.denyList?.entries).toBe(first.denyList?.entries)
  expect(confirmed.denyList?.confirmedAt).toEqual(later(1))
  expect(confirmed.keySet?.value).toBe(first.keySet?.value)
  authority.list(newHandle(), newHandle())
  expect((await learn(confirmed)).denyList?.entries).toEqual(authority.entries())
  expect(asked).toEqual(['snapshot 1', 'delta 1-2'])
  expect(refusals).toEqual([])
})

test('whatever is listed and corrected, kiosks end with the server’s list, by deltas from any version', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(20), fc.boolean()), { maxLength: 12 }), async (changes) => {
      const authority = makeAuthority(NOW)
      const handles = Array.from({ length: 21 }, newHandle)
      const { learn, refusals } = kiosk(authority)
      let held = await learn(fresh)
      for (const [add, which, syncs] of changes) {
        authority[add ? 'list' : 'correct'](...handles.slice(0, which))
        if (syncs) held = await learn(held)
      }
      held = await learn(held)
      expect(held.denyList?.entries).toEqual(authority.entries())
      expect(refusals).toEqual([])
    }),
    { numRuns: 60, seed: 20261122 },
  )
})

describe('what is not taken', () => {
  const stranger = makeKey()
  const cases: readonly [string, Refusal, (authority: Authority) => Partial<Source>][] = [
    [
      'a key set signed by another root',
      { document: 'keys', why: 'unknown-signer' },
      (a) => ({ keySet: async () => signDocument(DOCUMENT_TYPES.keys, a.keySet(), stranger) }),
    ],
    [
      'a key set whose signature is another’s under our root’s name',
      { document: 'keys', why: 'forged' },
      (a) => ({
        keySet: async () => signDocument(DOCUMENT_TYPES.keys, a.keySet(), { ...stranger, kid: a.keys.root.kid }),
      }),
    ],
    [
      'a key set that is over',
      { document: 'keys', why: 'expired' },
      (a) => ({
        keySet: async () =>
          signDocument(
            DOCUMENT_TYPES.keys,
            { ...a.keySet(), version: 9, expiresAt: later(-1).toISOString() },
            a.keys.root,
          ),
      }),
    ],
    [
      'an older key set',
      { document: 'keys', why: 'rolled-back' },
      (a) => ({ keySet: async () => signDocument(DOCUMENT_TYPES.keys, { ...a.keySet(), version: 0 }, a.keys.root) }),
    ],
    [
      'a configuration signed by the list’s key',
      { document: 'config', why: 'unknown-signer' },
      (a) => ({ deviceConfig: async () => signDocument(DOCUMENT_TYPES.config, a.config(), a.keys.list) }),
    ],
    [
      'a configuration of another shape',
      { document: 'config', why: 'unknown-shape' },
      (a) => ({
        deviceConfig: async () =>
          signDocument(DOCUMENT_TYPES.config, { ...a.config(), version: 2, rules: {} }, a.keys.config),
      }),
    ],
    [
      'an older configuration',
      { document: 'config', why: 'rolled-back' },
      (a) => ({
        deviceConfig: async () => signDocument(DOCUMENT_TYPES.config, { ...a.config(), version: 0 }, a.keys.config),
      }),
    ],
    [
      'a manifest that is a configuration',
      { document: 'denyList', why: 'wrong-type' },
      (a) => ({ denyListManifest: async () => signDocument(DOCUMENT_TYPES.config, a.manifest(), a.keys.list) }),
    ],
    [
      'an older manifest, replayed',
      { document: 'denyList', why: 'rolled-back' },
      (a) => ({
        denyListManifest: async () =>
          signDocument(DOCUMENT_TYPES.denyList, { ...a.manifest(), version: 1 }, a.keys.list),
      }),
    ],
    [
      'a manifest that is over',
      { document: 'denyList', why: 'expired' },
      (a) => ({
        denyListManifest: async () =>
          signDocument(DOCUMENT_TYPES.denyList, { ...a.manifest(), expiresAt: later(-2).toISOString() }, a.keys.list),
      }),
    ],
    [
      'another list of the same version',
      { document: 'denyList', why: 'two-of-one-version' },
      (a) => ({
        denyListManifest: async () =>
          signDocument(DOCUMENT_TYPES.denyList, { ...a.manifest(), sha256: '0'.repeat(64) }, a.keys.list),
      }),
    ],
  ]
  test.each(cases)('%s', async (_name, refusal, spoil) => {
    const authority = makeAuthority(NOW)
    authority.list(newHandle())
    const held = await kiosk(authority).learn(fresh)
    const { learn, refusals } = kiosk(authority, spoil(authority))
    const after = await learn(held)
    expect(refusals).toEqual([refusal])
    expect(after.seen).toEqual(held.seen)
    expect({ ...after.config }).toEqual({ ...held.config })
    expect(after.keySet?.jws).toBe(held.keySet?.jws)
    expect(after.denyList?.entries).toBe(held.denyList?.entries)
  })

  test('bytes that are not the manifest’s: the whole is fetched once; if that is wrong too, the list stays', async () => {
    const authority = makeAuthority(NOW)
    const held = await kiosk(authority).learn(fresh)
    authority.list(newHandle(), newHandle())
    const cut = kiosk(authority, { denyListDelta: async () => authority.delta(1, 2).subarray(0, 12) })
    expect((await cut.learn(held)).denyList?.entries).toEqual(authority.entries())
    const other = kiosk(authority, { denyListDelta: async () => new Uint8Array(8) })
    expect((await other.learn(held)).denyList?.entries).toEqual(authority.entries())
    const lying = kiosk(authority, {
      denyListDelta: async () => new Uint8Array(8),
      denyListSnapshot: async () => authority.entries(1),
    })
    const after = await lying.learn(held)
    expect(after.denyList).toBe(held.denyList)
    expect(after.seen.list).toEqual({ epoch: 1, version: 2 })
    expect(lying.refusals).toEqual([{ document: 'denyList', why: 'not-of-its-manifest' }])
  })

  test('a list under a salt that is not ours: the canary sings', async () => {
    const authority = makeAuthority(NOW)
    const held = await kiosk(authority).learn(fresh)
    authority.changeConfig({ listSalt: 'A'.repeat(43) })
    const { learn, refusals } = kiosk(authority)
    const after = await learn(held)
    expect(after.denyList).toBeUndefined()
    expect(refusals).toEqual([{ document: 'denyList', why: 'not-of-its-manifest' }])
  })
})

test('a revoked signer: its list is gone at once, its documents are refused', async () => {
  const authority = makeAuthority(NOW)
  const { learn, refusals } = kiosk(authority)
  const held = await learn(fresh)
  const { serverKeys } = authority.keySet()
  authority.changeKeys({ serverKeys: serverKeys.map((key) => ({ ...key, revoked: key.use === 'list' })) })
  expect((await learn(held, [syncKeys])).denyList).toBeUndefined()
  expect((await learn(held)).denyList).toBeUndefined()
  expect(refusals).toEqual([{ document: 'denyList', why: 'revoked-signer' }])
})

test('a new epoch begins versions again, and nothing of the old one comes back', async () => {
  const authority = makeAuthority(NOW)
  authority.list(newHandle())
  const old = signDocument(DOCUMENT_TYPES.denyList, { ...authority.manifest(), version: 99 }, authority.keys.list)
  const held = await kiosk(authority).learn(fresh)
  authority.newEpoch()
  const after = await kiosk(authority).learn(held)
  expect(after.seen.list).toEqual({ epoch: 2, version: 1 })
  const { learn, refusals } = kiosk(authority, { denyListManifest: async () => old })
  await learn(after)
  expect(refusals).toEqual([{ document: 'denyList', why: 'rolled-back' }])
})

test('a list is as young as its manifest’s signature, however often it is sent', async () => {
  const authority = makeAuthority(NOW)
  const jws = await authority.source.denyListManifest()
  const held = await kiosk(authority).learn(fresh)
  authority.now = later(5)
  const newer = await kiosk(authority).learn(held)
  expect(newer.denyList?.confirmedAt).toEqual(later(5))
  const replaying = kiosk(authority, { denyListManifest: async () => jws })
  expect((await replaying.learn(held)).denyList?.confirmedAt).toEqual(NOW)
  expect((await replaying.learn(newer)).denyList?.confirmedAt).toEqual(later(5))
})

test('a list that became again what it was is of the newest version, even at the same moment', async () => {
  const authority = makeAuthority(NOW)
  const held = await kiosk(authority).learn(fresh)
  const handle = newHandle()
  authority.list(handle)
  authority.correct(handle)
  expect((await kiosk(authority).learn(held)).denyList?.manifest.version).toBe(3)
})
