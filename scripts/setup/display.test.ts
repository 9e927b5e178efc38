import { expect, test } from 'vitest'
import { xauthority } from './display.mjs'

test('the cookie’s file is as `xauth` writes it, for every display', () => {
  const name = Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex')
  expect(xauthority(Buffer.alloc(16, 0xab)).toString('hex')).toBe(`ffff000000000012${name}0010${'ab'.repeat(16)}`)
})
