import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { loadSecrets } from './secrets.io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dopusk-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('what is sealed opens in its own place with the same key, whole', () => {
  const secrets = loadSecrets(folder)
  const again = loadSecrets(folder)
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), (text, about, at) => {
      const sealed = secrets.seal(text, about)
      expect(again.open(sealed, about)).toBe(text)
      expect(() => secrets.open(sealed, `${about}x`)).toThrow()
      const bent = Buffer.from(sealed)
      const index = at % bent.length
      bent[index] = (bent[index] ?? 0) ^ 1
      expect(() => secrets.open(bent, about)).toThrow()
    }),
  )
  expect(secrets.mark('a', 'b')).toEqual(again.mark('a', 'b'))
  expect(secrets.mark('a', 'b')).not.toEqual(secrets.mark('a', 'c'))
  expect(statSync(join(folder, 'accounts.key')).mode & 0o777).toBe(0o600)
})

test('another installation opens nothing', () => {
  const other = mkdtempSync(join(tmpdir(), 'dopusk-secrets-'))
  const sealed = loadSecrets(folder).seal('text', 'place')
  expect(() => loadSecrets(other).open(sealed, 'place')).toThrow()
  rmSync(other, { recursive: true })
})
