import { POSTER_WORDS } from './poster-words.ts'
import type { Poster } from './document-job.ts'
import { drawCode, posterCode, QUIET_ZONE } from './qr.ts'
import { drawShape, SHAPES } from './shapes.ts'
import { COLOURS, newSheet, type Sheet } from './sheet.ts'

export function drawPoster(poster: Poster): Promise<Buffer> {
  const title = `QR-код: ${poster.venueName}`
  if (poster.size === 'sticker') {
    const sheet = newSheet([100, 100], title)
    drawSticker(sheet, poster)
    return sheet.end()
  }
  const [width, height] = poster.size === 'a4' ? ([210, 297] as const) : ([148, 210] as const)
  const sheet = newSheet([width, height], title)
  // one drawing, in the measures of A4
  sheet.pdf.scale(width / 210)
  drawPage(sheet, poster)
  return sheet.end()
}

const { ink, quiet, line, action } = COLOURS
/** Office printers leave 5 to 12 mm white. */
const MARGIN = 15

function drawPage(sheet: Sheet, { venueName, address, url }: Poster): void {
  const { heading, steps, pass, screen, answers } = POSTER_WORDS
  const whole = { x: MARGIN, width: 180 }
  sheet.text(heading.ru, { size: 47, weight: 800, tracking: -0.02 }, { ...whole, y: 11, leading: 1.1 })
  sheet.text(heading.en, { size: 19, weight: 600, colour: quiet }, { ...whole, y: 30 })

  drawFramedCode(sheet, url, { x: MARGIN, y: 43, side: 138, stroke: 2.6 })
  const column = { x: 161, width: 38 }
  sheet.text(screen.ru, { size: 8.5, weight: 600, colour: quiet }, { ...column, y: 42.6 })
  sheet.text(screen.en, { size: 7.5, weight: 500, colour: quiet }, { ...column, y: 46.4 })
  for (const [at, shape] of SHAPES.entries()) {
    const y = 53 + at * 33
    sheet.inBox(column.x, y, 15, (pdf) => drawShape(pdf, shape))
    const below = sheet.text(answers[shape].ru, { size: 10.5, weight: 700 }, { ...column, y: y + 17, leading: 1.12 })
    sheet.text(answers[shape].en, { size: 8.5, weight: 500, colour: quiet }, { ...column, y: below + 0.6 })
  }

  const large = sheet.fit(venueName, 800, { width: 180, most: 2, sizes: [27, 24, 21, 18, 15.5, 14] })
  const name = large.whole ? large : sheet.fit(venueName, 800, { width: 180, most: 3, sizes: [13.5, 12.5] })
  const style = { size: name.size, weight: 800, tracking: -0.01 } as const
  let y = sheet.lines(name.lines, style, { ...whole, y: 187, leading: 1.15 })
  const place = sheet.fit(address, 500, { width: 180, most: 2, sizes: [11.5, 10.5, 9.5] })
  y = sheet.lines(place.lines, { size: place.size, weight: 500, colour: quiet }, { ...whole, y: y + 0.8 })

  const top = Math.max(y + 4.5, 216)
  rule(sheet, MARGIN, top, 180)
  for (const [at, step] of steps.entries()) {
    const x = MARGIN + at * 62
    sheet.text(String(at + 1), { size: 30, weight: 800, colour: action }, { x, y: top + 3.5, width: 12, leading: 1 })
    const below = sheet.text(step.ru, { size: 12.5, weight: 700 }, { x, y: top + 16, width: 56, leading: 1.18 })
    sheet.text(step.en, { size: 9.5, weight: 500, colour: quiet }, { x, y: below + 1, width: 54, leading: 1.2 })
  }
  rule(sheet, MARGIN, 272, 180)
  sheet.text(pass.ru, { size: 11, weight: 700 }, { x: MARGIN, y: 275, width: 118 })
  sheet.text(pass.en, { size: 8.5, weight: 500, colour: quiet }, { x: MARGIN, y: 280.5, width: 118 })
  printedAddress(sheet, url, { x: 135, y: 275.4, width: 60 }, [8.5, 7.5, 6.5])
}

function drawSticker(sheet: Sheet, { venueName, url }: Poster): void {
  const { heading, shortSteps } = POSTER_WORDS
  sheet.text(heading.ru, { size: 19.5, weight: 800, tracking: -0.02 }, { x: 6, y: 4.2, width: 88, leading: 1.1 })
  sheet.text(heading.en, { size: 8, weight: 600, colour: quiet }, { x: 6, y: 12.2, width: 66 })
  drawFramedCode(sheet, url, { x: 6, y: 18, side: 62, stroke: 1.5 })
  let y = 18
  for (const [at, step] of shortSteps.entries()) {
    const column = { x: 72.5, width: 22.5 }
    y = sheet.text(String(at + 1), { size: 13, weight: 800, colour: action }, { ...column, y, leading: 1.05 })
    y = sheet.text(step.ru, { size: 7.2, weight: 700 }, { ...column, y, leading: 1.14 })
    y = sheet.text(step.en, { size: 5.6, weight: 500, colour: quiet }, { ...column, y: y + 0.4, leading: 1.15 }) + 1.9
  }
  const name = sheet.fit(venueName, 800, { width: 62, most: 2, sizes: [11, 10, 9, 8, 7] })
  sheet.lines(name.lines, { size: name.size, weight: 800 }, { x: 6, y: 83, width: 62, leading: 1.12 })
  printedAddress(sheet, url, { x: 6, y: 93.2, width: 62 }, [5.5, 5, 4.5])
  for (const [at, shape] of SHAPES.entries()) sheet.inBox(72.5 + at * 5.8, 84, 4.9, (pdf) => drawShape(pdf, shape))
}

/** For those whose telephone reads no codes. */
function printedAddress(
  sheet: Sheet,
  url: string,
  place: { readonly x: number; readonly y: number; readonly width: number },
  sizes: readonly number[],
): void {
  const { size, lines } = sheet.fit(url.replace(/^https?:\/\//, ''), 500, { width: place.width, most: 2, sizes })
  sheet.lines(lines, { size, weight: 500, colour: quiet }, { ...place, leading: 1.2 })
}

function rule({ pdf }: Sheet, x: number, y: number, width: number): void {
  const MM = 72 / 25.4
  pdf
    .lineWidth(0.8)
    .moveTo(x * MM, y * MM)
    .lineTo((x + width) * MM, y * MM)
    .stroke(line)
}

/** The code with its quiet zone in the kiosk's aiming frame: four corners, so that nothing touches the white. */
function drawFramedCode(
  sheet: Sheet,
  url: string,
  { x, y, side, stroke }: { readonly x: number; readonly y: number; readonly side: number; readonly stroke: number },
): void {
  const { size } = posterCode(url)
  const inner = side - 2 * stroke
  const code = (inner * size) / (size + 2 * QUIET_ZONE)
  sheet.inBox(x, y, side, (pdf) => {
    const unit = 240 / side
    const half = (stroke * unit) / 2
    const [near, far, arm, bend] = [half, 240 - half, 44, 16]
    pdf
      .lineWidth(stroke * unit)
      .lineCap('round')
      .lineJoin('round')
    for (const [cornerX, cornerY, alongX, alongY] of [
      [near, near, 1, 1],
      [far, near, -1, 1],
      [far, far, -1, -1],
      [near, far, 1, -1],
    ] as const) {
      pdf
        .moveTo(cornerX, cornerY + alongY * arm)
        .lineTo(cornerX, cornerY + alongY * bend)
        .quadraticCurveTo(cornerX, cornerY, cornerX + alongX * bend, cornerY)
        .lineTo(cornerX + alongX * arm, cornerY)
    }
    pdf.stroke(ink)
    const edge = ((side - code) / 2) * unit
    drawCode(pdf, url, edge, edge, code * unit)
  })
}
