/** What is made of screenshots, by the browser itself: coarse grids to compare, and contact sheets to look at. */
import { Buffer } from 'node:buffer'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'

/** Cells along the longer side and the shorter one; a cell is an average, so that nobody's antialiasing shows. */
const LONG = 64
const SHORT = 40
/** Levels of a colour channel, 0 to 15, that two cells may lie apart. */
const NEAR = 2
/** Share of cells that may lie further apart: a line of small print may move, a sign or a word may not. */
export const MAY_DIFFER = 0.012

export interface SheetPicture {
  readonly png: Buffer
  readonly label: string
}

export interface Darkroom {
  /** A picture as a short text: 64×40 cells (40×64 in portrait) of 4 bits a channel, deflated, base64. */
  grid(png: Buffer): Promise<string>
  /** Pictures side by side under their labels, `width` px each, as WebP. */
  sheet(pictures: readonly SheetPicture[], columns: number, width: number): Promise<Buffer>
  close(): Promise<void>
}

export async function openDarkroom(browser: Browser): Promise<Darkroom> {
  const page: Page = await browser.newPage()
  return {
    async grid(png) {
      const cells = await page.evaluate(cellsOf, { png: png.toString('base64'), long: LONG, short: SHORT })
      const nibbles = Buffer.alloc(cells.length / 2)
      for (let at = 0; at < nibbles.length; at++) nibbles[at] = ((cells[2 * at] ?? 0) << 4) | (cells[2 * at + 1] ?? 0)
      return deflateRawSync(nibbles, { level: 9 }).toString('base64')
    },
    async sheet(pictures, columns, width) {
      const shown = pictures.map(({ png, label }) => ({ png: png.toString('base64'), label }))
      return Buffer.from(await page.evaluate(sheetOf, { pictures: shown, columns, width }), 'base64')
    },
    close: () => page.close(),
  }
}

/** Share of cells in which two grids visibly differ; 1 where they are not of one shape. */
export function difference(one: string, other: string): number {
  const [a, b] = [one, other].map((grid) => inflateRawSync(Buffer.from(grid, 'base64')))
  if (!a || !b || a.length !== b.length) return 1
  const level = (bytes: Buffer, at: number): number =>
    at % 2 === 0 ? (bytes[at >> 1] ?? 0) >> 4 : (bytes[at >> 1] ?? 0) & 15
  const cells = (2 * a.length) / 3
  let apart = 0
  for (let cell = 0; cell < cells; cell++) {
    if ([0, 1, 2].some((channel) => Math.abs(level(a, 3 * cell + channel) - level(b, 3 * cell + channel)) > NEAR))
      apart++
  }
  return apart / cells
}

/** Runs in the page: each cell's red, green and blue, 0 to 15. */
async function cellsOf(input: { png: string; long: number; short: number }): Promise<readonly number[]> {
  const blob = await (await fetch(`data:image/png;base64,${input.png}`)).blob()
  const whole = await createImageBitmap(blob)
  const lying = whole.width > whole.height
  const [width, height] = lying ? [input.long, input.short] : [input.short, input.long]
  const small = await createImageBitmap(whole, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' })
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context?.drawImage(small, 0, 0)
  const { data } = context?.getImageData(0, 0, width, height) ?? { data: [] }
  return [...data].filter((_, at) => at % 4 !== 3).map((value) => Math.round(value / 17))
}

/** Runs in the page. */
async function sheetOf(input: {
  pictures: { png: string; label: string }[]
  columns: number
  width: number
}): Promise<string> {
  const GAP = 14
  const LABEL = 24
  const bitmaps = await Promise.all(
    input.pictures.map(async ({ png }) => {
      const blob = await (await fetch(`data:image/png;base64,${png}`)).blob()
      const whole = await createImageBitmap(blob)
      const resizeHeight = Math.round((input.width * whole.height) / whole.width)
      return createImageBitmap(whole, { resizeWidth: input.width, resizeHeight, resizeQuality: 'high' })
    }),
  )
  const rows = Math.ceil(bitmaps.length / input.columns)
  const heights = Array.from({ length: rows }, (_, row) =>
    Math.max(...bitmaps.slice(row * input.columns, (row + 1) * input.columns).map(({ height }) => height)),
  )
  const canvas = document.createElement('canvas')
  canvas.width = GAP + input.columns * (input.width + GAP)
  canvas.height = GAP + heights.reduce((sum, height) => sum + height + LABEL + GAP, 0)
  const context = canvas.getContext('2d')
  if (!context) return ''
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#0f1b2d'
  context.font = '600 14px sans-serif'
  let top = GAP
  for (const [row, height] of heights.entries()) {
    for (let column = 0; column < input.columns; column++) {
      const at = row * input.columns + column
      const bitmap = bitmaps[at]
      if (!bitmap) continue
      const left = GAP + column * (input.width + GAP)
      context.fillText(input.pictures[at]?.label ?? '', left, top + 15)
      context.drawImage(bitmap, left, top + LABEL)
    }
    top += height + LABEL + GAP
  }
  return canvas.toDataURL('image/webp', 0.9).replace('data:image/webp;base64,', '')
}
