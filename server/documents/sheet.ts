/** A PDF of one's own words: Golos Text embedded, millimetres, the same bytes for the same content. */
import PDFDocument from 'pdfkit'
import { brokenLines, fitted, type Fitted, type Measure } from './lines.ts'
import { drawable, fontFile, runsOf, WEIGHTS, type Weight } from './typeface.ts'

export const COLOURS = {
  ink: '#0F1B2D',
  quiet: '#5B6B82',
  line: '#D5DCE6',
  action: '#0A55C2',
  paper: '#FFFFFF',
} as const
const MM = 72 / 25.4

export interface TextStyle {
  /** points */
  readonly size: number
  readonly weight: Weight
  readonly colour?: string
  /** of the size */
  readonly tracking?: number
}
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly align?: 'left' | 'center' | 'right'
  /** of the size */
  readonly leading?: number
}

/** All lengths in millimetres from the top left corner, sizes of type in points. */
export interface Sheet {
  readonly pdf: PDFKit.PDFDocument
  /** Lines given; the first one's top is at `y`. @returns where the next would begin */
  lines(lines: readonly string[], style: TextStyle, place: Place): number
  /** Broken into lines. @returns as `lines` */
  text(text: string, style: TextStyle, place: Place): number
  fit(text: string, weight: Weight, box: { width: number; most: number; sizes: readonly number[] }): Fitted
  measure(style: TextStyle): Measure
  /** Draws in a box of 240 units, as the kiosk's marks are drawn, put at this place in this size. */
  inBox(x: number, y: number, side: number, draw: (pdf: PDFKit.PDFDocument) => void): void
  newPage(): void
  end(): Promise<Buffer>
}

const LEADING = 1.25

export function newSheet(size: readonly [width: number, height: number], title: string): Sheet {
  const pdf = new PDFDocument({
    size: [size[0] * MM, size[1] * MM],
    margin: 0,
    lang: 'ru',
    displayTitle: true,
    info: {
      Title: drawable(title),
      Author: 'Допуск',
      Producer: 'Dopusk',
      Creator: 'Dopusk',
      CreationDate: new Date(0),
    },
  })
  const chunks: Buffer[] = []
  const ended = new Promise((resolve) => pdf.on('end', resolve))
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  for (const weight of WEIGHTS)
    for (const script of ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext'] as const)
      pdf.registerFont(`${script}-${weight}`, fontFile(`${script}-${weight}`))

  const spacing = ({ size, tracking = 0 }: TextStyle): number => size * tracking
  const points = (text: string, style: TextStyle): number =>
    runsOf(text).reduce(
      (sum, run) =>
        sum +
        pdf
          .font(`${run.script}-${style.weight}`)
          .fontSize(style.size)
          .widthOfString(run.text, { characterSpacing: spacing(style) }),
      0,
    )
  const measure: Sheet['measure'] = (style) => (text) => points(drawable(text), style) / MM
  const drawLine = (line: string, style: TextStyle, { x, width, align = 'left' }: Place, y: number): void => {
    const free = width * MM - points(line, style)
    let at = x * MM + (align === 'left' ? 0 : align === 'center' ? free / 2 : free)
    pdf.fillColor(style.colour ?? COLOURS.ink)
    for (const run of runsOf(line)) {
      const options = { characterSpacing: spacing(style), lineBreak: false }
      pdf.font(`${run.script}-${style.weight}`).fontSize(style.size).text(run.text, at, y, options)
      at += pdf.widthOfString(run.text, options)
    }
  }
  const sheet: Sheet = {
    pdf,
    measure,
    lines: (lines, style, place) => {
      const step = style.size * (place.leading ?? LEADING)
      for (const [at, line] of lines.entries()) drawLine(drawable(line), style, place, place.y * MM + at * step)
      return place.y + (lines.length * step) / MM
    },
    text: (text, style, place) => sheet.lines(brokenLines(drawable(text), place.width, measure(style)), style, place),
    fit: (text, weight, box) => fitted(drawable(text), box, (size) => measure({ size, weight })),
    inBox: (x, y, side, draw) => {
      pdf
        .save()
        .translate(x * MM, y * MM)
        .scale((side * MM) / 240)
      draw(pdf)
      pdf.restore()
    },
    newPage: () => void pdf.addPage(),
    end: async () => {
      pdf.end()
      await ended
      return Buffer.concat(chunks)
    },
  }
  return sheet
}
