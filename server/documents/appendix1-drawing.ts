import type { Appendix1 } from './document-job.ts'
import { brokenLines, pieces } from './lines.ts'
import { COLOURS, newSheet, type Sheet } from './sheet.ts'
import { drawable } from './typeface.ts'

const PAGE = [210, 297] as const
/** As office documents have it: wide on the left, where it is bound. */
const LEFT = 30
const WIDTH = 165
const BOTTOM = 276
const BODY = { size: 13, weight: 400 } as const
const CAPTION = { size: 8.5, weight: 400, colour: COLOURS.quiet } as const
const LINE = 7.6
const MM = 72 / 25.4

export function drawAppendix1(application: Appendix1): Promise<Buffer> {
  const { organisation, head, address, ogrn, inn, email, contact, reference } = application
  const sheet = newSheet(PAGE, `Заявление: ${organisation}`)
  const form = formOn(sheet, reference)
  const whole = { x: LEFT, width: WIDTH }
  sheet.text('Приложение 1', { size: 12, weight: 400 }, { ...whole, y: 20, align: 'right' })
  form.y = sheet.text('Заявление', { size: 16, weight: 700 }, { ...whole, y: 36, align: 'center' })
  const title = 'о присоединении к системе пропуска с использованием QR-кода'
  form.y = sheet.text(title, { size: 13, weight: 700 }, { ...whole, y: form.y + 0.5, align: 'center' }) + 7

  form.field('', organisation, '(наименование организации, включая организационно-правовую форму)')
  form.field(
    'В лице',
    joined(head.position, head.name),
    '(должность, фамилия, имя, отчество руководителя организации)',
    ',',
  )
  form.say('присоединяется к системе пропуска с использованием QR-кода.')
  form.field('Адрес места нахождения:', address, '(адрес места нахождения юридического лица)')
  form.field('Государственный регистрационный номер записи о создании юридического лица (ОГРН):', ogrn)
  form.field('Идентификационный номер налогоплательщика (ИНН)', inn)
  form.field('Адрес электронной почты', email)
  form.say('Сотрудник, уполномоченный по вопросам присоединения,')
  form.field('', joined(contact.position, contact.name, contact.phone), '(должность, ФИО, номер телефона)')
  form.signature(head)
  return sheet.end()
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part.trim() !== '').join(', ')

function formOn(sheet: Sheet, reference: string | undefined) {
  const foot = (): void => {
    if (reference === undefined) return
    sheet.text(`Заявление № ${reference} · «Допуск»`, CAPTION, { x: LEFT, y: 284, width: WIDTH })
  }
  const rule = (x: number, y: number, width: number): void => {
    sheet.pdf
      .lineWidth(0.6)
      .moveTo(x * MM, y * MM)
      .lineTo((x + width) * MM, y * MM)
      .stroke(COLOURS.ink)
  }
  foot()
  const form = {
    y: 0,
    /** Goes over to a new page where so much does not fit. */
    room(height: number): void {
      if (form.y + height <= BOTTOM) return
      sheet.newPage()
      foot()
      form.y = 20
    },
    say(text: string): void {
      form.room(LINE)
      form.y = sheet.text(text, BODY, { x: LEFT, y: form.y, width: WIDTH }) + 4
    },
    /** A label, the value on ruled lines beginning beside it, and what the form says under the last. */
    field(label: string, value: string, caption?: string, after = ''): void {
      const measure = sheet.measure(BODY)
      const labels = label === '' ? [] : brokenLines(label, WIDTH, measure)
      const lastLabel = labels.at(-1) ?? ''
      const indent = lastLabel === '' ? 0 : measure(lastLabel) + 2.5
      for (const line of labels.slice(0, -1)) {
        form.room(LINE)
        sheet.lines([line], BODY, { x: LEFT, y: form.y, width: WIDTH })
        form.y += 5.8
      }
      for (const [at, line] of valueLines(drawable(value) + after, indent, measure).entries()) {
        form.room(LINE + (caption === undefined ? 0 : 6))
        const x = LEFT + (at === 0 ? indent : 0)
        if (at === 0) sheet.lines([lastLabel], BODY, { x: LEFT, y: form.y, width: WIDTH })
        const align = caption !== undefined && indent === 0 ? 'center' : 'left'
        const style = { size: BODY.size, weight: 500 } as const
        sheet.lines([line], style, { x: x + 1, y: form.y, width: WIDTH - (x - LEFT) - 2, align })
        rule(x, form.y + 5.6, WIDTH - (x - LEFT))
        form.y += LINE
      }
      if (caption !== undefined) {
        sheet.text(caption, CAPTION, { x: LEFT, y: form.y - 1.2, width: WIDTH, align: 'center' })
        form.y += 3.6
      }
      form.y += 2.8
    },
    signature(head: Appendix1['head']): void {
      const columns = [
        { x: LEFT, width: 62, said: head.position, caption: '(должность руководителя организации)' },
        { x: LEFT + 69, width: 36, said: '', caption: '(подпись)' },
        { x: LEFT + 112, width: 53, said: head.name, caption: '(ФИО)' },
      ]
      const fits = columns.map(({ said, width }) =>
        sheet.fit(said, 500, { width: width - 2, most: 4, sizes: [12, 11, 10, 9] }),
      )
      const step = 5.6
      const lines = Math.max(...fits.map((fit) => fit.lines.length))
      form.room(14 + lines * step + 28)
      form.y += 14 + (lines - 1) * step
      for (const [at, { x, width, caption }] of columns.entries()) {
        const fit = fits[at]
        if (fit === undefined) continue
        for (const [up, line] of fit.lines.toReversed().entries())
          sheet.lines(
            [line],
            { size: fit.size, weight: 500 },
            { x: x + 1, y: form.y - up * step, width: width - 2, align: 'center' },
          )
        rule(x, form.y + 5.6, width)
        sheet.text(caption, CAPTION, { x: x - 3, y: form.y + 6.4, width: width + 6, align: 'center' })
      }
      sheet.text('М.П.', BODY, { x: LEFT, y: form.y + 20, width: 40 })
    },
  }
  return form
}

/** The first line begins behind the label; where not even a word fits there, the value begins on the next. */
function valueLines(value: string, indent: number, measure: (text: string) => number): string[] {
  if (indent === 0) return brokenLines(value, WIDTH - 2, measure)
  const words = pieces(value)
  let first = ''
  while (words[0] !== undefined && measure(first === '' ? words[0] : `${first} ${words[0]}`) <= WIDTH - indent - 2)
    first = first === '' ? (words.shift() ?? '') : `${first} ${words.shift() ?? ''}`
  return words.length === 0 ? [first] : [first, ...brokenLines(words.join(' '), WIDTH - 2, measure)]
}
