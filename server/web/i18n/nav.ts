import { texts } from './language.ts'

/** Titles of pages, as they stand in the menu and in the browser's tab. */
export const navTexts = texts({
  ru: {
    applications: 'Заявления',
    application: 'Заявление',
    devices: 'Терминалы',
    device: 'Терминал',
    mails: 'Письма',
    people: 'Люди',
    audit: 'Журнал действий',
    account: 'Учётная запись',
  },
  en: {
    applications: 'Applications',
    application: 'Application',
    devices: 'Terminals',
    device: 'Terminal',
    mails: 'Mails',
    people: 'People',
    audit: 'Audit log',
    account: 'Account',
  },
})
export type PageName = keyof typeof navTexts.ru
