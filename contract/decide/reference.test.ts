import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AdmissionDecision } from '../kiosk/admission.ts'
import { referenceOf } from './reference.ts'

it('is Crockford’s base 32 of the last 30 bits', () => {
  expect(referenceOf('0190163d-8694-739b-aea5-966c00000000')).toBe('000-000')
  expect(referenceOf('0190163d-8694-739b-aea5-966c00000001')).toBe('100-000')
  expect(referenceOf('0190163d-8694-739b-aea5-966cffffffff')).toBe('ZZZ-ZZZ')
})

it('of every admission is what the wire allows, and hangs on its last 30 bits only', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.uuid({ version: 7 }), (id, another) => {
      const reference = referenceOf(id)
      AdmissionDecision.parse({ outcome: 'denied', reason: 'invalid', reference })
      expect(reference).not.toMatch(/[ILOU]/)
      expect(referenceOf(another.slice(0, 28) + id.slice(28))).toBe(reference)
    }),
    { seed: 1 },
  )
})

it('two admissions rarely share one', () => {
  const ids = fc.sample(fc.uuid({ version: 7 }), { seed: 2, numRuns: 2000 })
  const bits = new Set(ids.map((id) => Number.parseInt(id.slice(-8), 16) & 0x3fff_ffff))
  expect(new Set(ids.map(referenceOf)).size).toBe(bits.size)
})
