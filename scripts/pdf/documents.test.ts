import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PosterSize } from '../../contract/office/venue.ts'
import { appendix1Pdf } from '../../server/documents/appendix1.ts'
import type { Appendix1, Poster } from '../../server/documents/document-job.ts'
import { posterPdf } from '../../server/documents/poster.ts'
import { picturesOf, textOf } from './pdf-pictures.ts'
import { readCode } from './read-code.ts'

const museum: Poster = {
  venueName: 'Краеведческий музей имени Г. Н. Прозрителева и Г. К. Праве',
  address: 'г. Ставрополь, ул. Дзержинского, д. 135',
  url: 'https://qr.stavregion.example/v/K7M4QD2#A9',
  size: 'a4',
}
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

test.each(PosterSize.options)('the code of the poster "%s" is read from its print, also from afar', async (size) => {
  const pdf = await posterPdf({ ...museum, size })
  const [whole] = await picturesOf(pdf, size === 'sticker' ? 2 : 1)
  expect(whole && (await readCode(whole))).toBe(museum.url)
  // the page 300 pixels wide: two metres away for a telephone of ten years ago, with modules of four pixels
  const [far] = await picturesOf(pdf, size === 'sticker' ? 0.8 : size === 'a5' ? 0.6 : 0.45)
  expect(far && (await readCode(far))).toBe(museum.url)
})

const NAMES = [
  'Кафе «Ёлки-палки»',
  'Bar & Grill “O’Neill”',
  '<script>alert(1)</script>',
  '=HYPERLINK("https://evil.example")',
  'Ы'.repeat(400),
  'Муниципальное бюджетное учреждение '.repeat(12),
  'a\u0000b\r\nc\u202Ed',
  '(скобка\\ и %PDF) endstream endobj',
  '😀 العربية 日本語',
  '',
]
test('whatever a venue is called, its poster is one page and its code is read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', maxLength: 200 })),
      fc.constantFrom(...PosterSize.options),
      async (venueName, size) => {
        const pictures = await picturesOf(await posterPdf({ ...museum, venueName, address: venueName, size }), 1.2)
        expect(pictures).toHaveLength(1)
        expect(pictures[0] && (await readCode(pictures[0]))).toBe(museum.url)
      },
    ),
    { seed: 18004, numRuns: 16, examples: NAMES.map((name, at) => [name, PosterSize.options[at % 3] ?? 'a4']) },
  )
}, 60_000)

test('a poster’s words can be found and copied, it has a title and a language, and the same bytes each time', async () => {
  const pdf = await posterPdf(museum)
  const { title, language, pages } = await textOf(pdf)
  expect(title).toBe(`QR-код: ${museum.venueName}`)
  expect(language).toBe('ru')
  const text = oneLine(pages.join(' '))
  for (const words of [
    'Отсканируйте код',
    'Scan the code',
    'Подождите сотрудника',
    'Г. Н. Прозрителева',
    'нажмите «Отправить»',
  ])
    expect(text).toContain(words)
  expect(text).toContain('qr.stavregion.example/v/K7M4QD2#A9')
  expect((await posterPdf(museum)).equals(pdf)).toBe(true)
  expect(pdf.length).toBeLessThan(120_000)
})

const application: Appendix1 = {
  organisation: 'Общество с ограниченной ответственностью «Ставропольский торговый дом „Ёлки“»',
  head: { position: 'Генеральный директор', name: 'Константинопольский Александр Вячеславович' },
  address: '355000, Ставропольский край, г. Ставрополь, ул. Мира, д. 1, офис 15',
  ogrn: '1022601934486',
  inn: '2636045265',
  email: 'info@yolki-stavropol.ru',
  contact: { position: 'Администратор', name: 'Петрова Анна Сергеевна', phone: '+7 918 123-45-67' },
}

test('Appendix 1 has the order’s words around what was filled in', async () => {
  const { pages } = await textOf(await appendix1Pdf(application))
  expect(pages).toHaveLength(1)
  const text = oneLine(pages.join(' '))
  const { organisation, head, address, ogrn, inn, email, contact } = application
  let from = 0
  for (const words of [
    'Приложение 1',
    'Заявление',
    'о присоединении к системе пропуска с использованием QR-кода',
    organisation,
    '(наименование организации, включая организационно-правовую форму)',
    'В лице',
    `${head.position}, ${head.name},`,
    '(должность, фамилия, имя, отчество руководителя организации)',
    'присоединяется к системе пропуска с использованием QR-кода.',
    'Адрес места нахождения:',
    address,
    '(адрес места нахождения юридического лица)',
    'Государственный регистрационный номер записи о создании юридического лица (ОГРН):',
    ogrn,
    'Идентификационный номер налогоплательщика (ИНН)',
    inn,
    'Адрес электронной почты',
    email,
    'Сотрудник, уполномоченный по вопросам присоединения,',
    `${contact.position}, ${contact.name}, ${contact.phone}`,
    '(должность, ФИО, номер телефона)',
    '(должность руководителя организации)',
    '(подпись)',
    '(ФИО)',
    'М.П.',
  ]) {
    const at = text.indexOf(words, from)
    expect(at, words).toBeGreaterThanOrEqual(0)
    from = at + 1
  }
})

test('values of any length are printed whole, on as many pages as they need', async () => {
  const word = (at: number): string => `слово${at}`
  const long = Array.from({ length: 500 }, (_, at) => word(at)).join(' ')
  const { pages } = await textOf(await appendix1Pdf({ ...application, organisation: long, address: 'Ж'.repeat(900) }))
  expect(pages.length).toBeGreaterThan(1)
  const text = oneLine(pages.join(' '))
  expect(text).toContain(`${word(0)} ${word(1)}`)
  expect(text).toContain(word(499))
  expect([...text].filter((letter) => letter === 'Ж')).toHaveLength(900)
  expect(pages.at(-1)).toContain('М.П.')
})
