/** docs/screens: what is printed, as pictures. Run by hand when a document is changed. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { appendix1Pdf } from '../server/documents/appendix1.ts'
import { PosterSize } from '../contract/office/venue.ts'
import { posterPdf } from '../server/documents/poster.ts'
import { picturesOf } from './pdf/pdf-pictures.ts'

const folder = join(import.meta.dirname, '../docs/screens')
const venue = {
  venueName: 'Краеведческий музей имени Г. Н. Прозрителева и Г. К. Праве',
  address: 'г. Ставрополь, ул. Дзержинского, д. 135',
  url: 'https://qr.example.ru/v/K7M4QD2#A9',
}
const keep = async (name: string, pdf: Buffer, scale: number): Promise<void> => {
  const [first] = await picturesOf(pdf, scale)
  if (first) writeFileSync(join(folder, `${name}.png`), first.png)
}
const SCALE = { a4: 1.5, a5: 2, sticker: 2.5 } as const
for (const size of PosterSize.options) await keep(`poster-${size}`, await posterPdf({ ...venue, size }), SCALE[size])
const application = await appendix1Pdf({
  organisation: 'Общество с ограниченной ответственностью «Ставропольский торговый дом „Ёлки“»',
  head: { position: 'Генеральный директор', name: 'Константинопольский Александр Вячеславович' },
  address: '355000, Ставропольский край, г. Ставрополь, ул. Мира, д. 1, офис 15',
  ogrn: '1022601934486',
  inn: '2636045265',
  email: 'info@yolki.example',
  contact: { position: 'Администратор', name: 'Петрова Анна Сергеевна', phone: '+7 918 123-45-67' },
})
await keep('appendix-1', application, 1.5)
