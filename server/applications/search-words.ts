/** Characters of a word that are looked at: PostgreSQL takes 2046 bytes, and NFKC makes of one «㌀» four letters. */
const LONGEST = 200

/** Words of a text to look for: lower case, ё as е, letters and digits only. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => Array.from(word).slice(0, LONGEST).join(''))

/**
 * A `tsvector` in PostgreSQL's own notation, each word once. Made here and not by to_tsvector, whose lower case of
 * Cyrillic hangs on the locale that the database happens to have.
 */
export const searchVector = (texts: readonly string[]): string =>
  [...new Set(texts.flatMap(wordsOf))].map((word) => `'${word}'`).join(' ')

/** A `tsquery`: every word, or the beginning of one, in any order. `undefined`: nothing to look for. */
export function searchQuery(typed: string): string | undefined {
  const words = wordsOf(typed).slice(0, 8)
  return words.length === 0 ? undefined : words.map((word) => `'${word}':*`).join(' & ')
}
