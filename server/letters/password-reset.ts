import { z } from 'zod'
import { Link, template, writtenTime } from './template.ts'

export const passwordReset = template({
  kind: 'password-reset',
  values: z.strictObject({ name: z.string(), link: Link, expiresAt: z.iso.datetime() }),
  secret: true,
  write: {
    ru: ({ name, link, expiresAt }) => ({
      subject: 'Новый пароль для системы «Допуск»',
      heading: 'Новый пароль',
      blocks: [
        { kind: 'text', text: `Здравствуйте, ${name}!` },
        { kind: 'text', text: 'Кто-то, вероятно вы, попросил сменить пароль.' },
        { kind: 'button', label: 'Задать новый пароль', link },
        { kind: 'quiet', text: `Ссылка действует один раз, до ${writtenTime(expiresAt, 'ru')}.` },
        { kind: 'quiet', text: 'Если это были не вы, ничего делать не нужно: старый пароль остаётся в силе.' },
      ],
    }),
    en: ({ name, link, expiresAt }) => ({
      subject: 'A new password for Dopusk',
      heading: 'A new password',
      blocks: [
        { kind: 'text', text: `Dear ${name},` },
        { kind: 'text', text: 'Somebody, probably you, asked to change your password.' },
        { kind: 'button', label: 'Set a new password', link },
        { kind: 'quiet', text: `The link works once, until ${writtenTime(expiresAt, 'en')}.` },
        { kind: 'quiet', text: 'If it was not you, there is nothing to do: the old password stays in force.' },
      ],
    }),
  },
})
