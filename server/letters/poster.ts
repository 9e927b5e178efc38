import { z } from 'zod'
import { Link, template } from './template.ts'

/** The order's «сформированный QR-код»: the posters are attached. */
export const poster = template({
  kind: 'poster',
  values: z.strictObject({
    venueName: z.string(),
    address: z.string(),
    /** of the Participant's cabinet */
    link: Link,
    /** the code was made anew: posters that hang are refused from now on */
    replaces: z.boolean(),
  }),
  secret: false,
  write: {
    ru: ({ venueName, address, link, replaces }) => ({
      subject: `QR-код заведения: ${venueName}`,
      heading: replaces ? 'Новый QR-код заведения' : 'QR-код вашего заведения',
      blocks: [
        {
          kind: 'text',
          text: replaces
            ? 'Код заведения выпущен заново. Прежние плакаты больше не действуют: замените их вложенными.'
            : 'Заведение зарегистрировано в системе «Допуск». Плакат с его QR-кодом вложен в это письмо.',
        },
        {
          kind: 'facts',
          facts: [
            ['Заведение', venueName],
            ['Адрес', address],
          ],
        },
        {
          kind: 'steps',
          steps: [
            'Напечатайте плакат А4, А5 или наклейку в масштабе 100 %. Цвет не обязателен.',
            'Повесьте у входа на высоте глаз, где светло и нет бликов.',
            'Отсканируйте его телефоном: на странице должно быть название вашего заведения.',
          ],
        },
        { kind: 'button', label: 'Открыть кабинет', link },
      ],
    }),
    en: ({ venueName, address, link, replaces }) => ({
      subject: `QR code of the venue: ${venueName}`,
      heading: replaces ? 'Your venue’s new QR code' : 'Your venue’s QR code',
      blocks: [
        {
          kind: 'text',
          text: replaces
            ? 'The venue’s code was made anew. Posters that hang are no longer good: replace them with the attached ones.'
            : 'The venue is registered with Dopusk. The poster with its QR code is attached.',
        },
        {
          kind: 'facts',
          facts: [
            ['Venue', venueName],
            ['Address', address],
          ],
        },
        {
          kind: 'steps',
          steps: [
            'Print the poster, A4, A5 or the sticker, at 100 %. Colour is not needed.',
            'Hang it at the entrance at eye level, in good light and without glare.',
            'Scan it with a phone: the page must show the name of your venue.',
          ],
        },
        { kind: 'button', label: 'Open the cabinet', link },
      ],
    }),
  },
})
