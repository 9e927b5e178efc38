/** Where lines break. Pure: how wide a text is, is asked of whoever draws it. */

export type Measure = (text: string) => number

/** After these no line ends in Russian: initials, «г.», «ул.», «д.», «им.», «№». */
const LEANS_ON_NEXT = /(?:^|[\s«„"(])(?:\p{Lu}|г|ул|пр|пер|пл|пос|с|д|к|корп|стр|лит|оф|пом|кв|им)\.$|№$/u
/** What stays in one line; words, names with their initials, numbers written in groups. */
export function pieces(text: string): string[] {
  const found: string[] = []
  for (const word of text.split(' ')) {
    const before = found.at(-1)
    const leans = before !== undefined && (LEANS_ON_NEXT.test(before) || (/\d$/.test(before) && /^\d/.test(word)))
    if (leans && before.length < 40) found[found.length - 1] = `${before} ${word}`
    else found.push(word)
  }
  return found
}

/** At spaces; a word that is wider than a line is cut where the line ends. */
export function brokenLines(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of pieces(text)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const parts = cut(word, width, measure)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
  }
  return [...lines, line]
}

function cut(word: string, width: number, measure: Measure): string[] {
  const parts: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && measure(piece + character) > width) {
      parts.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...parts, piece]
}

export interface Fitted {
  readonly size: number
  readonly lines: readonly string[]
  /** nothing had to be left out */
  readonly whole: boolean
}

/** The largest of the sizes at which the text has no more than `most` lines; at the smallest its end gives way to «…». */
export function fitted(
  text: string,
  { width, most, sizes }: { readonly width: number; readonly most: number; readonly sizes: readonly number[] },
  measureAt: (size: number) => Measure,
): Fitted {
  for (const size of sizes) {
    const lines = brokenLines(text, width, measureAt(size))
    if (lines.length <= most) return { size, lines, whole: true }
  }
  const size = sizes.at(-1) ?? 1
  const measure = measureAt(size)
  const lines = brokenLines(text, width, measure).slice(0, most)
  let last = [...(lines.at(-1) ?? '')]
  while (last.length > 0 && measure(`${last.join('')}…`) > width) last = last.slice(0, -1)
  return { size, lines: [...lines.slice(0, -1), `${last.join('').trimEnd()}…`], whole: false }
}
