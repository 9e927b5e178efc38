import { AxiosError, AxiosHeaders } from 'axios'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createLog } from './log.ts'
import { Unreachable } from './ports.ts'

const PASS = 'QP1:6BFOXN*TS0BI$ZD'

/** One line of a log that is written to memory: its `error`, and the whole text. */
function logged(error: unknown): { readonly line: Readonly<Record<string, unknown>>; readonly text: string } {
  const lines: string[] = []
  createLog('info', { write: (line) => void lines.push(line) }).error({ error }, 'scan failed')
  const text = lines.join('')
  return { line: z.object({ error: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text)).error, text }
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test('an error is told by name, message and place', () => {
  const { line } = logged(new TypeError('boom'))
  expect(line).toMatchObject({ name: 'TypeError', message: 'boom' })
  expect(line['stack']).toMatch(/^\s+at .*log\.test\.ts/)
})

test('codes are told, of the system and of SQLite', () => {
  expect(logged(Object.assign(new Error('no space'), { code: 'ENOSPC' })).line).toMatchObject({ code: 'ENOSPC' })
  expect(logged(new DOMException('too long', 'TimeoutError')).line).toMatchObject({ name: 'TimeoutError', code: 23 })
})

test('an error of axios, and one that it caused, do not tell the request', () => {
  const config = { headers: new AxiosHeaders({ authorization: 'Bearer secret' }), data: { credential: PASS } }
  const failed = new AxiosError('connect ECONNREFUSED', 'ECONNREFUSED', config)
  const alone = logged(failed)
  expect(Object.keys(alone.line).sort()).toEqual(['code', 'message', 'name', 'stack'])
  const caused = logged(new Unreachable('/v1/admissions: ECONNREFUSED', { cause: failed }))
  expect(caused.line['cause']).toEqual({
    name: 'AxiosError',
    code: 'ECONNREFUSED',
    message: 'connect ECONNREFUSED',
  })
  for (const { text } of [alone, caused]) {
    expect(text).not.toContain(PASS)
    expect(text).not.toContain('Bearer')
  }
})

test('an error that is logged alone does not tell its fields either', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  log.error(Object.assign(new Error('boom'), { credential: PASS }))
  expect(lines.join('')).toContain('boom')
  expect(lines.join('')).not.toContain(PASS)
})

test.each([
  ['a value', z.object({ credential: z.literal('known') }), { credential: PASS }, 'credential: invalid_value'],
  ['a name', z.strictObject({}), { [PASS]: 1 }, ': unrecognized_keys'],
  ['a text that breaks a rule', z.array(z.string().max(3)), [PASS], '0: too_big'],
])('what zod finds wrong with %s is told without it', (_, schema, given, message) => {
  const { line, text } = logged(thrownBy(() => schema.parse(given)))
  expect(line).toMatchObject({ name: 'ZodError', message })
  expect(text).not.toContain(PASS)
})

test('JSON that cannot be read is not quoted', () => {
  const { line, text } = logged(thrownBy(() => JSON.parse(PASS)))
  expect(line).toMatchObject({ name: 'SyntaxError' })
  expect(text).not.toContain(PASS)
})

test('what is no error is told as it is', () => {
  expect(logged({ kind: 'nothing' }).line).toEqual({ kind: 'nothing' })
})
