import { z } from 'zod'
import { Link, template, writtenTime } from './template.ts'

/** Goes to an address that nobody has confirmed yet: nothing that the applicant wrote stands in it, or it would carry spam. */
export const confirmApplication = template({
  kind: 'confirm-application',
  values: z.strictObject({
    reference: z.string(),
    link: Link,
    expiresAt: z.iso.datetime(),
  }),
  secret: true,
  write: {
    ru: ({ reference, link, expiresAt }) => ({
      subject: `Подтвердите заявление ${reference}`,
      heading: 'Подтвердите адрес почты',
      blocks: [
        {
          kind: 'text',
          text: 'Заявление о присоединении к системе «Допуск» заполнено. Координатор увидит его, когда вы подтвердите этот адрес.',
        },
        { kind: 'button', label: 'Подтвердить и отправить', link },
        {
          kind: 'facts',
          facts: [['Номер заявления', reference]],
        },
        { kind: 'quiet', text: `Ссылка действует до ${writtenTime(expiresAt, 'ru')}.` },
        { kind: 'quiet', text: 'Если вы не подавали заявление, ничего делать не нужно.' },
      ],
    }),
    en: ({ reference, link, expiresAt }) => ({
      subject: `Confirm application ${reference}`,
      heading: 'Confirm your e-mail address',
      blocks: [
        {
          kind: 'text',
          text: 'The application to join Dopusk is filled in. The Coordinator sees it once you confirm this address.',
        },
        { kind: 'button', label: 'Confirm and send', link },
        {
          kind: 'facts',
          facts: [['Application', reference]],
        },
        { kind: 'quiet', text: `The link works until ${writtenTime(expiresAt, 'en')}.` },
        { kind: 'quiet', text: 'If you did not apply, there is nothing to do.' },
      ],
    }),
  },
})
