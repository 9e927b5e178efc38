import { texts } from '../../kit/language.ts'

/** A Participant's cabinet beside its venues' own pages. */
export const cabinetTexts = texts({
  ru: {
    cabinet: {
      hint: 'Ваши места, их цифры за сегодня и плакаты.',
      empty: 'Мест пока нет',
      emptyHint: 'Они появятся, когда Оператор зарегистрирует вашу заявку.',
      open: 'Открыть',
    },
    people: {
      hint: 'Сотрудники видят цифры, плакаты и терминалы, но ничего не меняют.',
      invite: 'Пригласить сотрудника',
      email: 'Электронная почта',
      name: 'Имя и фамилия',
      send: 'Пригласить',
      sent: 'Приглашение отправлено',
      remove: 'Убрать',
      removeTitle: (name: string) => `Закрыть кабинет для ${name}?`,
      removeText: 'Войти в этот кабинет больше не получится.',
      removed: 'Доступ закрыт',
      roles: { owner: 'Владелец', staff: 'Сотрудник' },
      joined: 'Вошёл',
      invited: 'Приглашён, ещё не входил',
      empty: 'Пока никого',
      emptyHint: 'Пригласите тех, кто стоит на входе: по почте придёт ссылка.',
      role: 'Роль',
      state: 'Доступ',
    },
  },
  en: {
    cabinet: {
      hint: 'Your venues, their numbers of today and their posters.',
      empty: 'No venues yet',
      emptyHint: 'They appear when the Operator registers your application.',
      open: 'Open',
    },
    people: {
      hint: 'Staff see numbers, posters and terminals, and change nothing.',
      invite: 'Invite staff',
      email: 'E-mail',
      name: 'First name and surname',
      send: 'Invite',
      sent: 'The invitation is sent',
      remove: 'Remove',
      removeTitle: (name: string) => `Close the cabinet to ${name}?`,
      removeText: 'They will not be able to sign in to this cabinet any more.',
      removed: 'Access is closed',
      roles: { owner: 'Owner', staff: 'Staff' },
      joined: 'Has signed in',
      invited: 'Invited, not yet signed in',
      empty: 'Nobody yet',
      emptyHint: 'Invite those who stand at the entrance: a link comes by mail.',
      role: 'Role',
      state: 'Access',
    },
  },
})
