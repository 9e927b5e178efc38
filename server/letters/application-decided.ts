import { z } from 'zod'
import { assertNever } from '../../contract/assert-never.ts'
import { Link, template, type Letter, type Locale } from './template.ts'

const Values = z.strictObject({
  reference: z.string(),
  organisation: z.string(),
  decision: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('approved') }),
    z.strictObject({ kind: z.literal('rejected'), reason: z.string() }),
    z.strictObject({ kind: z.literal('correction-asked'), reason: z.string() }),
  ]),
  /** of the status page */
  link: Link,
})
type Values = z.infer<typeof Values>

export const applicationDecided = template({
  kind: 'application-decided',
  values: Values,
  // the status page opens by the reference and a secret part of its address
  secret: true,
  write: { ru: (values) => letter(values, 'ru'), en: (values) => letter(values, 'en') },
})

function letter({ reference, organisation, decision, link }: Values, locale: Locale): Letter {
  const { subject, heading, text, label } = words(decision.kind, reference)[locale]
  const names =
    locale === 'ru'
      ? (['Заявление', 'Организация', 'Причина'] as const)
      : (['Application', 'Organisation', 'Reason'] as const)
  return {
    mark: MARK[decision.kind],
    subject,
    heading,
    blocks: [
      { kind: 'text', text },
      {
        kind: 'facts',
        facts: [
          [names[0], reference],
          [names[1], organisation],
          ...('reason' in decision ? [[names[2], decision.reason] as const] : []),
        ],
      },
      { kind: 'button', label, link },
    ],
  }
}

const MARK = { approved: 'granted', rejected: 'denied', 'correction-asked': 'check' } as const

type Words = Readonly<Record<Locale, { subject: string; heading: string; text: string; label: string }>>

function words(kind: Values['decision']['kind'], reference: string): Words {
  switch (kind) {
    case 'approved':
      return {
        ru: {
          subject: `Заявление ${reference} одобрено`,
          heading: 'Заявление одобрено',
          text: 'Координатор признал присоединение целесообразным и передал заявление Оператору. Когда Оператор зарегистрирует заведение, придут вход в кабинет и плакат с QR-кодом.',
          label: 'Посмотреть заявление',
        },
        en: {
          subject: `Application ${reference} is approved`,
          heading: 'Your application is approved',
          text: 'The Coordinator found joining expedient and forwarded the application to the Operator. When the Operator has registered the venue, your cabinet and a poster with the QR code will come by mail.',
          label: 'See the application',
        },
      }
    case 'rejected':
      return {
        ru: {
          subject: `Заявление ${reference} отклонено`,
          heading: 'Заявление отклонено',
          text: 'Координатор не нашёл присоединение целесообразным. Когда причина будет устранена, можно подать новое заявление.',
          label: 'Посмотреть заявление',
        },
        en: {
          subject: `Application ${reference} is rejected`,
          heading: 'Your application is rejected',
          text: 'The Coordinator did not find joining expedient. When the reason is gone, you may apply again.',
          label: 'See the application',
        },
      }
    case 'correction-asked':
      return {
        ru: {
          subject: `Исправьте заявление ${reference}`,
          heading: 'Заявление нужно исправить',
          text: 'Координатор просит исправить заявление. После этого оно вернётся к нему на рассмотрение.',
          label: 'Исправить заявление',
        },
        en: {
          subject: `Please correct application ${reference}`,
          heading: 'The application needs a correction',
          text: 'The Coordinator asks you to correct the application. It then comes back for the decision.',
          label: 'Correct the application',
        },
      }
    default:
      return assertNever(kind)
  }
}
