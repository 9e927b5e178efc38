import { z } from 'zod'
import type { Role } from '../../contract/office/role.ts'
import { ROLES } from '../../contract/office/role.ts'
import { Link, template, writtenTime } from './template.ts'

const AS: Readonly<Record<'ru' | 'en', Readonly<Record<Role, string>>>> = {
  ru: {
    operator: 'Оператора',
    coordinator: 'Координатора',
    health: 'органа здравоохранения',
    auditor: 'аудитора',
    owner: 'владельца заведения',
    staff: 'сотрудника заведения',
  },
  en: {
    operator: 'the Operator',
    coordinator: 'a Coordinator',
    health: 'the health authority',
    auditor: 'an auditor',
    owner: 'the owner of a venue',
    staff: 'the staff of a venue',
  },
}

export const invitation = template({
  kind: 'invitation',
  values: z.strictObject({
    name: z.string(),
    role: z.enum(ROLES),
    link: Link,
    expiresAt: z.iso.datetime(),
  }),
  secret: true,
  write: {
    ru: ({ name, role, link, expiresAt }) => ({
      subject: 'Приглашение в систему «Допуск»',
      heading: 'Вас пригласили в «Допуск»',
      blocks: [
        { kind: 'text', text: `Здравствуйте, ${name}!` },
        { kind: 'text', text: `Для вас заведён вход от имени ${AS.ru[role]}. Осталось придумать пароль.` },
        { kind: 'button', label: 'Принять приглашение', link },
        { kind: 'quiet', text: `Ссылка действует один раз, до ${writtenTime(expiresAt, 'ru')}.` },
        { kind: 'quiet', text: 'Если вы не ждали этого письма, ничего делать не нужно.' },
      ],
    }),
    en: ({ name, role, link, expiresAt }) => ({
      subject: 'Your invitation to Dopusk',
      heading: 'You are invited to Dopusk',
      blocks: [
        { kind: 'text', text: `Dear ${name},` },
        { kind: 'text', text: `A sign-in was made for you on behalf of ${AS.en[role]}. All it needs is a password.` },
        { kind: 'button', label: 'Accept the invitation', link },
        { kind: 'quiet', text: `The link works once, until ${writtenTime(expiresAt, 'en')}.` },
        { kind: 'quiet', text: 'If you did not expect this mail, there is nothing to do.' },
      ],
    }),
  },
})
