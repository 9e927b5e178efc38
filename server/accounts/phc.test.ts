import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePhc, writePhc } from './phc.ts'
import { checkPassword, hashPassword } from './password-hash.io.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

test('what is written is read again', () => {
  const parameters = fc.record({ memory: fc.nat(9_999_999), passes: fc.nat(999), lanes: fc.nat(999) })
  fc.assert(
    fc.property(parameters, fc.uint8Array({ minLength: 9, maxLength: 32 }), bytes(32), (given, salt, tag) => {
      expect(parsePhc(writePhc({ parameters: given, salt, tag }))).toEqual({ parameters: given, salt, tag })
    }),
  )
})

test('what is no such string is not read, and nobody signs in with it', async () => {
  for (const text of [
    '',
    'x',
    '$2b$10$abc',
    '$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA',
    'plain password',
  ]) {
    expect(parsePhc(text)).toBeUndefined()
    expect(await checkPassword(text, text)).toBe('wrong')
  }
})

test('a password is right whichever way its letters are composed', async () => {
  const stored = await hashPassword('пароль с ё и й')
  expect(await checkPassword('пароль с ё и й'.normalize('NFD'), stored)).toBe('right')
  expect(await checkPassword('пароль с е и й', stored)).toBe('wrong')
  expect(await checkPassword('anything', null)).toBe('wrong')
})
