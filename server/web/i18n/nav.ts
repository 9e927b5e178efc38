import { texts } from './language.ts'

/** Titles of pages, as they stand in the menu and in the browser's tab. */
export const navTexts = texts({
  ru: {
    queue: 'К регистрации',
    register: 'Регистрация Участника',
    venues: 'Реестр мест',
    venue: 'Место',
    participants: 'Участники',
    participant: 'Участник',
    imports: 'Загрузка списков',
    import: 'Список',
    cabinet: 'Мои места',
    posterCheck: 'Проверить плакат',
    staff: 'Сотрудники',
    people: 'Люди',
    audit: 'Журнал действий',
    account: 'Учётная запись',
  },
  en: {
    queue: 'To register',
    register: 'Register a Participant',
    venues: 'Venues',
    venue: 'Venue',
    participants: 'Participants',
    participant: 'Participant',
    imports: 'Upload lists',
    import: 'List',
    cabinet: 'My venues',
    posterCheck: 'Check a poster',
    staff: 'Staff',
    people: 'People',
    audit: 'Audit log',
    account: 'Account',
  },
})
export type PageName = keyof typeof navTexts.ru
