/**
 * What a spreadsheet would take for a formula when it opens a CSV: = + - @, also full-width, also behind spaces, quotes
 * and marks that cannot be seen; or a tab or line end in front.
 */
const FORMULA = /^(?:[\t\r\n]|[\s"'\p{Cf}\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u

/** With an apostrophe in front of what could be a formula: spreadsheets then show it as the text that it is. */
export const neutral = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** The text again, as people meant it. */
export const unneutral = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text
