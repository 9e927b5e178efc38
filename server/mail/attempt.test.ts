import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomeOf, PATIENCE, settle } from './attempt.ts'

test('the wait before an attempt is anywhere from nothing to a limit that doubles up to an hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
      const settled = settle({ kind: 'later', error: 'ETIMEDOUT' }, { attempts, ageMs: 0 }, random)
      expect(settled.state).toBe('queued')
      const { delayMs } = settled.state === 'queued' ? settled : expect.unreachable()
      expect(delayMs).toBe(Math.round(random * Math.min(PATIENCE.longestMs, PATIENCE.firstMs * 2 ** (attempts - 1))))
    }),
    { seed: 821 },
  )
})

test('three days after it was written it is given up, and not before', () => {
  const at = (ageMs: number): string => settle({ kind: 'later', error: 'CONN' }, { attempts: 9, ageMs }, 1).state
  expect(at(PATIENCE.giveUpMs - 1)).toBe('queued')
  expect(at(PATIENCE.giveUpMs)).toBe('failed')
})

const error = (fields: object): Error => Object.assign(new Error('550 owner@example.org has no mailbox'), fields)
test.each([
  [{ command: 'RCPT TO', responseCode: 550, code: 'EENVELOPE' }, 'bounced', 'RCPT TO 550'],
  [{ command: 'RCPT TO', responseCode: 450, code: 'EENVELOPE' }, 'later', 'RCPT TO 450'],
  [{ command: 'DATA', responseCode: 552, code: 'EMESSAGE' }, 'refused', 'DATA 552'],
  [{ command: 'DATA', responseCode: 451, code: 'EMESSAGE' }, 'later', 'DATA 451'],
  [{ command: 'MAIL FROM', responseCode: 550, code: 'EENVELOPE' }, 'later', 'MAIL FROM 550'],
  [{ command: 'AUTH PLAIN', responseCode: 535, code: 'EAUTH' }, 'later', 'AUTH PLAIN 535'],
  [{ command: 'CONN', code: 'ETIMEDOUT' }, 'later', 'CONN ETIMEDOUT'],
  [{}, 'later', 'unknown'],
])('%j: %s', (fields, kind, said) => {
  expect(outcomeOf(error(fields))).toEqual({ kind, error: said })
})
