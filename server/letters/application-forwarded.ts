import { z } from 'zod'
import { Branch } from '../../contract/office/venue-kind.ts'
import { Link, template } from './template.ts'

const FROM = {
  ru: { culture: 'культура', sport: 'спорт', trade: 'питание, торговля и лицензирование' },
  en: { culture: 'culture', sport: 'sport', trade: 'food, trade and licensing' },
} as const

/** To the Operator: an application that a Coordinator found expedient. */
export const applicationForwarded = template({
  kind: 'application-forwarded',
  values: z.strictObject({
    reference: z.string(),
    organisation: z.string(),
    branch: Branch,
    /** of the Operator's desk */
    link: Link,
  }),
  secret: false,
  write: {
    ru: ({ reference, organisation, branch, link }) => ({
      subject: `Заявление ${reference}: к регистрации`,
      heading: 'Заявление к регистрации',
      blocks: [
        { kind: 'text', text: 'Координатор признал присоединение целесообразным и передал заявление.' },
        {
          kind: 'facts',
          facts: [
            ['Заявление', reference],
            ['Организация', organisation],
            ['Координатор', FROM.ru[branch]],
          ],
        },
        { kind: 'button', label: 'Открыть заявление', link },
      ],
    }),
    en: ({ reference, organisation, branch, link }) => ({
      subject: `Application ${reference}: to be registered`,
      heading: 'An application to be registered',
      blocks: [
        { kind: 'text', text: 'The Coordinator found joining expedient and forwarded the application.' },
        {
          kind: 'facts',
          facts: [
            ['Application', reference],
            ['Organisation', organisation],
            ['Coordinator', FROM.en[branch]],
          ],
        },
        { kind: 'button', label: 'Open the application', link },
      ],
    }),
  },
})
