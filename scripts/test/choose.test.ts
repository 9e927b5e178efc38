import { describe, expect, test } from 'vitest'
import { checks, choose, projects } from './choose.mjs'

describe('which steps', () => {
  test('all, unless some are named', () => expect(choose([])).toEqual({ checks, projects, files: [] }))

  test('those named, in the usual order; other words choose files', () => {
    const expected = { checks: ['types', 'lint'], projects: ['unit'], files: ['app/main'] }
    expect(choose(['--only', 'lint,types,unit', 'app/main'])).toEqual(expected)
    expect(choose(['app/main', '--only=unit,types,lint'])).toEqual(expected)
  })

  test.each([[['--only']], [['--only', '']], [['--only', 'unit,tests']], [['--only=nothing']]])(
    '%j is refused',
    (args) => expect(() => choose(args)).toThrow(/--only takes/),
  )
})
