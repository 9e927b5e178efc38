import { sql, type Expression, type RawBuilder } from 'kysely'

/** What LIKE understands of the text stands for itself. */
const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/**
 * The column holds the text somewhere, whatever the case of either. Folded by `search_text` (migration 0007): under the
 * locale "C" ILIKE knows no Cyrillic, and «музей» would not find «Музей».
 */
export const contains = (column: Expression<string>, text: string): RawBuilder<boolean> =>
  containsFolded(sql<string>`search_text(${column})`, text)

/** The same of a column that is kept folded, by its index. */
export const containsFolded = (column: Expression<string>, text: string): RawBuilder<boolean> =>
  sql<boolean>`${column} like search_text(${pattern(text)})`
