import QRCode from 'qrcode'

/** White around the code, in modules (ISO/IEC 18004). */
export const QUIET_ZONE = 4

/**
 * The modules of a code that hangs at a door: as few as level M needs, because what counts from two metres is how large a
 * module is; and at that number of modules the highest level that fits, because posters get scratched.
 */
export function posterCode(text: string): {
  readonly size: number
  readonly isDark: (row: number, column: number) => boolean
} {
  const least = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const best = (['H', 'Q'] as const)
    .map((errorCorrectionLevel) => QRCode.create(text, { errorCorrectionLevel }))
    .find(({ version }) => version === least.version)
  const { modules } = best ?? least
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) !== 0 }
}

export interface CodeOutline {
  readonly size: number
  /** of an SVG as wide and high as `size` */
  readonly path: string
}

/** For screens, where it is drawn by a page: one outline a run of dark modules. */
export function codeOutline(text: string): CodeOutline {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = column
      while (column < size && data[row * size + column]) column++
      if (column > from) path += `M${from} ${row}h${column - from}v1h-${column - from}z`
    }
  }
  return { size, path }
}

/** `side`: of the code itself, in the units of the document. */
export function drawCode(pdf: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void {
  const { size, isDark } = posterCode(text)
  const module = side / size
  for (let row = 0; row < size; row++) {
    // Runs, not single modules, and a hair taller than they are: printers leave lines between squares.
    for (let column = 0; column < size; column++) {
      const from = column
      while (column < size && isDark(row, column)) column++
      if (column > from) pdf.rect(x + from * module, y + row * module, (column - from) * module, module * 1.005)
    }
  }
  pdf.fill('#000000')
}
