import { expect, test } from 'vitest'
import { counted } from './vitest.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})

test.each([
  ['all passed', 0, { numPassedTests: 2, numFailedTests: 0, testResults: [file('passed', 'passed', 'passed')] }, 2, 0],
  ['one failed', 1, { numPassedTests: 1, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] }, 1, 1],
  ['a file did not load', 1, { numPassedTests: 0, numFailedTests: 0, testResults: [file('failed')] }, 0, 1],
  [
    'an error nobody caught',
    1,
    { numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 'passed')] },
    3,
    1,
  ],
  ['no report at all', 127, undefined, 0, 1],
])('%s', (_case, code, report, passed, failed) => expect(counted(code, report)).toEqual({ passed, failed }))
