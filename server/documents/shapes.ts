import { assertNever } from '../../contract/assert-never.ts'

/** The kiosk's four answers, drawn in a box of 240 as on its screen (app/renderer/Mark.tsx), filled with their colours. */
export const SHAPES = ['granted', 'denied', 'check', 'unreadable'] as const
export type Shape = (typeof SHAPES)[number]

const WHITE = '#FFFFFF'
const AMBER_INK = '#2B1B00'

export function drawShape(pdf: PDFKit.PDFDocument, shape: Shape): void {
  pdf.lineJoin('round').lineCap('round').undash()
  switch (shape) {
    case 'granted':
      pdf.circle(120, 120, 108).fill('#00754A')
      pdf.lineWidth(24).path('M70 124L106 160L172 85').stroke(WHITE)
      return
    case 'denied':
      pdf.path('M75 12H165L228 75V165L165 228H75L12 165V75Z').fill('#B3122A')
      pdf.lineWidth(24).path('M82 82L158 158M158 82L82 158').stroke(WHITE)
      return
    case 'check':
      // an outline too: on paper without colour amber is a pale grey
      pdf.lineWidth(12).path('M120 24L230 220H10Z').fillAndStroke('#FFB81C', AMBER_INK)
      pdf.lineWidth(22).path('M120 96V148').stroke(AMBER_INK)
      pdf.circle(120, 184, 13).fill(AMBER_INK)
      return
    case 'unreadable':
      pdf.lineWidth(17).dash(40, { space: 33 }).roundedRect(18, 18, 204, 204, 34).stroke('#3C4A5F')
      pdf.undash().lineWidth(21).path('M88 96C88 52 152 52 152 96C152 124 120 122 120 146').stroke('#3C4A5F')
      pdf.circle(120, 178, 13.5).fill('#3C4A5F')
      return
    default:
      assertNever(shape)
  }
}
