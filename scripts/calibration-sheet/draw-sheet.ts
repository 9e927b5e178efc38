/** The calibration sheet, A4, Russian and English. The same bytes whenever it is drawn. */
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'
import { CALIBRATION_CODES, CODE_NAMES, type CodeName } from '../../contract/kiosk/calibration.ts'
import { SHEET_WORDS } from './sheet-words.ts'

const require = createRequire(import.meta.url)
const font = (name: string): string => require.resolve(`@fontsource/golos-text/files/golos-text-${name}-normal.woff`)

const MM = 72 / 25.4
const A4 = { width: 210 * MM, height: 297 * MM }
const MARGIN = 18 * MM
/** Printed so large that a wedge scanner at a hand's width and a webcam at an arm's length read it. */
const CODE_SIDE = 54 * MM
const ROW = 68 * MM
const INK = '#0F1B2D'
const QUIET = '#5B6B82'
const ACTION = '#0A55C2'

type Weight = 400 | 700

export async function drawSheet(): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: [A4.width, A4.height],
    margin: 0,
    lang: 'ru',
    info: { Title: SHEET_WORDS.title.ru, CreationDate: new Date(0), Producer: 'Dopusk', Creator: 'Dopusk' },
  })
  const chunks: Uint8Array[] = []
  const ended = new Promise((resolve) => document.on('end', resolve))
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  for (const weight of [400, 700]) {
    for (const script of ['latin', 'cyrillic']) {
      document.registerFont(`${script}-${weight}`, font(`${script}-${weight}`))
    }
  }

  const { title, lead, codes, foot } = SHEET_WORDS
  const width = A4.width - 2 * MARGIN
  write(document, title.ru, { x: MARGIN, y: 15 * MM, width, size: 24, weight: 700, colour: INK })
  write(document, title.en, { x: MARGIN, y: 25.5 * MM, width, size: 13, weight: 700, colour: QUIET })
  write(document, lead.ru, { x: MARGIN, y: 34 * MM, width, size: 11.5, weight: 400, colour: INK })
  write(document, lead.en, { x: MARGIN, y: document.y + 1.5 * MM, width, size: 9.5, weight: 400, colour: QUIET })

  for (const [at, name] of CODE_NAMES.entries()) {
    const y = 67 * MM + at * ROW
    // Codes left and right by turns: the scanner sees one of them at a time.
    const isLeft = at % 2 === 0
    const x = isLeft ? MARGIN : A4.width - MARGIN - CODE_SIDE
    drawCode(document, CALIBRATION_CODES[name], x, y)
    const words = codes[name]
    const textX = isLeft ? MARGIN + CODE_SIDE + 9 * MM : MARGIN
    const textWidth = width - CODE_SIDE - 9 * MM
    const text = { x: textX, width: textWidth }
    write(document, String(at + 1), { ...text, y: y + 1 * MM, size: 36, weight: 700, colour: ACTION })
    write(document, words.ru.heading, { ...text, y: y + 16 * MM, size: 15, weight: 700, colour: INK })
    write(document, words.ru.detail, { ...text, y: document.y + 1 * MM, size: 10.5, weight: 400, colour: INK })
    write(document, words.en.heading, { ...text, y: document.y + 2.5 * MM, size: 10.5, weight: 700, colour: QUIET })
    write(document, words.en.detail, { ...text, y: document.y + 0.5 * MM, size: 9, weight: 400, colour: QUIET })
  }
  write(document, foot.ru, { x: MARGIN, y: 271 * MM, width, size: 9.5, weight: 400, colour: INK })
  write(document, foot.en, { x: MARGIN, y: document.y + 1 * MM, width, size: 8.5, weight: 400, colour: QUIET })
  document.end()
  await ended
  return Buffer.concat(chunks)
}

/** One code for a phone's screen, black on white with its quiet zone. */
export function codePicture(name: CodeName): Promise<Buffer> {
  return QRCode.toBuffer(CALIBRATION_CODES[name], { errorCorrectionLevel: 'M', margin: 4, scale: 10 })
}

function drawCode(document: PDFKit.PDFDocument, text: string, x: number, y: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const side = CODE_SIDE / modules.size
  for (let row = 0; row < modules.size; row++) {
    // Runs, not single modules: printers leave hairlines between squares.
    for (let column = 0; column < modules.size; column++) {
      const from = column
      while (column < modules.size && modules.get(row, column)) column++
      if (column > from) document.rect(x + from * side, y + row * side, (column - from) * side, side * 1.005)
    }
  }
  document.fill('#000000')
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly weight: Weight
  readonly colour: string
}

/** The typeface comes in two files, Cyrillic and everything else: the text changes over from run to run. */
function write(document: PDFKit.PDFDocument, text: string, { x, y, width, size, weight, colour }: Place): void {
  const runs = text.match(/[\u0400-\u045F]+|[^\u0400-\u045F]+/g) ?? []
  document.fillColor(colour).fontSize(size)
  for (const [at, run] of runs.entries()) {
    document.font(`${/[\u0400-\u045F]/.test(run) ? 'cyrillic' : 'latin'}-${weight}`)
    const options = { width, continued: at < runs.length - 1, lineGap: 1 }
    if (at === 0) document.text(run, x, y, options)
    else document.text(run, options)
  }
}
