import { describe, expect, test } from 'vitest'
import { LANGUAGES, languageEntry } from './languages.ts'
import type { Words } from './words.ts'

/** Every text of a language, functions called with something telling. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

function allTexts(words: Words): readonly string[] {
  return textsOf([
    { ...words, idle: words.idle.heading },
    words.idle.steps('camera'),
    words.idle.steps('serial'),
    words.supportCode('1'),
    words.call('8'),
    words.offline('2'),
    words.reference('3'),
    words.linkDown(undefined),
    words.linkDown('4'),
    words.waiting(5),
    words.unrecorded(7),
    words.listOld('6'),
  ])
}

describe.each(LANGUAGES.map((entry) => [entry.code, entry] as const))('%s', (code, entry) => {
  const texts = allTexts(entry.words)

  test('has no empty text and no stray space', () => {
    expect(texts.length).toBeGreaterThan(40)
    for (const text of texts) expect(text).toMatch(/^\S(.*\S)?$/)
  })

  test('is written in its own letters', () => {
    const foreign = code === 'ru' ? /[A-Za-z]/ : /[А-Яа-яЁё]/
    expect(
      texts.map((text) => text.replace(/COM-|USB-|Ctrl\+Alt\+S/, '')).filter((text) => foreign.test(text)),
    ).toEqual([])
  })

  test('puts what it is given into its sentences', () => {
    const { words } = entry
    expect(words.call('12-34')).toContain('12-34')
    expect(words.supportCode('SELF-TEST')).toContain('SELF-TEST')
    expect(words.offline('14:20')).toContain('14:20')
    expect(words.reference('7K4-Q2M')).toContain('7K4-Q2M')
    expect(words.linkDown('14:20')).toContain('14:20')
    expect(words.waiting(12)).toContain('12')
    expect(words.unrecorded(12)).toContain('12')
    expect(words.listOld('14:20')).toContain('14:20')
  })

  test('names itself and is found by its code', () => {
    expect(languageEntry(code)).toBe(entry)
    expect(entry.words.idle.steps('camera')).not.toEqual(entry.words.idle.steps('wedge'))
  })
})
