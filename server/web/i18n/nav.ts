import { texts } from './language.ts'

/** Titles of pages, as they stand in the menu and in the browser's tab. */
export const navTexts = texts({
  ru: {
    devices: 'Терминалы',
    device: 'Терминал',
    account: 'Учётная запись',
  },
  en: {
    devices: 'Terminals',
    device: 'Terminal',
    account: 'Account',
  },
})
export type PageName = keyof typeof navTexts.ru
