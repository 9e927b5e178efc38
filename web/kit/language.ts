export type Language = 'ru' | 'en'

/** Words of one part of the pages in both languages; English that misses or adds a key does not compile. */
export interface Texts<Words> {
  readonly ru: Words
  readonly en: Words
}
export const texts = <Words>(table: { readonly ru: Words; readonly en: NoInfer<Words> }): Texts<Words> => table

/** Russian plural: `plural(n, 'заявка', 'заявки', 'заявок')`. */
export function plural(count: number, one: string, few: string, many: string): string {
  const rule = new Intl.PluralRules('ru').select(count)
  return rule === 'one' ? one : rule === 'few' ? few : many
}
