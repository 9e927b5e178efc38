import type { Shape } from './shapes.ts'

interface Said {
  readonly ru: string
  readonly en: string
}

/** The order, 4.2: scan, number, «Отправить», the code from the SMS to the employee. */
export const POSTER_WORDS = {
  heading: { ru: 'Отсканируйте код', en: 'Scan the code' },
  steps: [
    {
      ru: 'Наведите камеру телефона на код. На странице должно быть название этого места',
      en: 'Point your phone’s camera at the code. The page must show the name of this place',
    },
    { ru: 'Введите номер мобильного телефона и нажмите «Отправить»', en: 'Enter your mobile number and press “Send”' },
    {
      ru: 'Покажите код из СМС сотруднику или терминалу',
      en: 'Show the code from the SMS to the employee or the terminal',
    },
  ],
  shortSteps: [
    { ru: 'Наведите камеру телефона', en: 'Point your phone’s camera' },
    { ru: 'Введите номер, нажмите «Отправить»', en: 'Enter your number, press “Send”' },
    { ru: 'Покажите код из СМС на входе', en: 'Show the code from the SMS' },
  ],
  pass: {
    ru: 'Есть личный QR-код? Сразу покажите его на входе.',
    en: 'Have a personal QR code? Show it at the entrance right away.',
  },
  screen: { ru: 'Ответ на экране', en: 'What the screen says' },
  answers: {
    granted: { ru: 'Проходите', en: 'Go ahead' },
    denied: { ru: 'Проход не разрешён', en: 'Entry not permitted' },
    check: { ru: 'Подождите сотрудника', en: 'Please wait for staff' },
    unreadable: { ru: 'Код не распознан', en: 'Code not recognised' },
  },
} as const satisfies {
  heading: Said
  steps: readonly Said[]
  shortSteps: readonly Said[]
  pass: Said
  screen: Said
  answers: Readonly<Record<Shape, Said>>
}
