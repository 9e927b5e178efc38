import { z } from 'zod'

export const LOCALES = ['ru', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** What a mail is made of. Text is text: no template writes HTML, so none can be written into it. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'button'; readonly label: string; readonly link: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'steps'; readonly steps: readonly string[] }
  /** small print */
  | { readonly kind: 'quiet'; readonly text: string }

/** What a person may open from a mail: a page. */
export const Link = z.url({ protocol: /^https?$/ })

export interface Letter {
  /** the shape and colour of a decision, as on the kiosk */
  readonly mark?: 'granted' | 'denied' | 'check'
  readonly subject: string
  /** what is said first, in large letters */
  readonly heading: string
  readonly blocks: readonly Block[]
}

export interface TemplateDeclaration<Kind extends string, Values extends z.ZodType> {
  readonly kind: Kind
  /** Stored as JSON until the mail is sent, and checked again when it is written: times are ISO texts. */
  readonly values: Values
  /** It carries a link that lets its bearer in: its values are forgotten once it is sent. */
  readonly secret: boolean
  readonly write: Readonly<Record<Locale, (values: z.output<Values>) => Letter>>
}

export const template = <const Kind extends string, Values extends z.ZodType>(
  declaration: TemplateDeclaration<Kind, Values>,
): TemplateDeclaration<Kind, Values> => declaration

/** «22 ноября 2026 г., 19:04 МСК» */
export function writtenTime(iso: string, locale: Locale): string {
  const time = new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Moscow',
  }).format(new Date(iso))
  return `${time} ${locale === 'ru' ? 'МСК' : 'Moscow time'}`
}
