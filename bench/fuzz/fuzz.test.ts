/** The fuzzer must be able to find something: holes are planted, and it has to fall into them. */
import { describe, expect, it } from 'vitest'
import { isIssued, issued } from './issued.ts'
import { verdictOnText } from './pass-case.ts'
import { passMutations } from './pass-mutations.ts'
import { randomOfCase } from './random.ts'
import { readerCase } from './reader-case.ts'

const names = Object.keys(passMutations) as (keyof typeof passMutations)[]
const texts = (name: keyof typeof passMutations): readonly string[] =>
  Array.from({ length: 300 }, (_, index) => passMutations[name](randomOfCase(1, index)))

it('every issued pass is authentic', () => {
  expect(new Set(issued.map((text) => verdictOnText(text)))).toEqual(new Set(['issued']))
})

describe.each(names)('%s', (name) => {
  it('is the same for the same seed', () => {
    expect(texts(name)).toEqual(texts(name))
  })

  it('hardly ever leaves a pass as it was, and none of it is accepted', () => {
    const made = texts(name)
    expect(made.filter((text) => isIssued.has(text)).length).toBeLessThan(30)
    expect(made.filter((text) => verdictOnText(text) === 'accepted')).toEqual([])
  })
})

it.each(['flipBits', 'swapSignature', 'bendSignature', 'signByStranger'] as const)(
  '%s falls into a verifier that says yes',
  (name) => {
    const accepted = texts(name).filter((text) => verdictOnText(text, () => true) === 'accepted')
    expect(accepted.length).toBeGreaterThan(20)
  },
)

it('codes come through both readers, whole ones among them', () => {
  const lines = Array.from({ length: 600 }, (_, index) => {
    const one = readerCase(randomOfCase(1, index))
    return `${one.how} ${one.run()}`
  })
  expect(new Set(lines)).toEqual(
    new Set([...lines, 'serial issued', 'serial unreadable', 'wedge issued', 'wedge unreadable']),
  )
  expect(lines.filter((line) => line.endsWith('accepted'))).toEqual([])
})
