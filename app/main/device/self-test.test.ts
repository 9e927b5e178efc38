import { expect, test } from 'vitest'
import { selfTest } from './self-test.ts'

test('this machine gives the known answers', async () => {
  expect(await selfTest()).toEqual([])
})
