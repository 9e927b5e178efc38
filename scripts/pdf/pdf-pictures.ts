/** PDF → pictures and text, with the program that browsers have for it. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, DOMMatrix, ImageData, Path2D } from '@napi-rs/canvas'

// What the program expects of a browser; it must find them when it is loaded.
Object.assign(globalThis, { DOMMatrix, ImageData, Path2D })
const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts/')

const open = (pdf: Buffer) =>
  getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, standardFontDataUrl: fonts }).promise

export interface Picture {
  readonly width: number
  readonly height: number
  /** RGBA */
  readonly data: Uint8ClampedArray
  readonly png: Buffer
}

/** A picture a page. `scale`: pixels a point, 1 = 72 dpi. */
export async function picturesOf(pdf: Buffer, scale: number): Promise<Picture[]> {
  const document = await open(pdf)
  const pictures: Picture[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const viewport = page.getViewport({ scale })
    const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
    const context = canvas.getContext('2d')
    await page.render({
      // the shapes are those of a browser's canvas, the types are not
      canvas: canvas as unknown as HTMLCanvasElement,
      canvasContext: context as unknown as CanvasRenderingContext2D,
      viewport,
    }).promise
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    pictures.push({ width, height, data, png: canvas.toBuffer('image/png') })
  }
  await document.destroy()
  return pictures
}

export interface PdfText {
  readonly title: string
  readonly language: string
  /** of each page */
  readonly pages: readonly string[]
}

export async function textOf(pdf: Buffer): Promise<PdfText> {
  const document = await open(pdf)
  const { info } = await document.getMetadata()
  const { Title: title, Language: language } = info as { readonly Title?: string; readonly Language?: string }
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''))
  }
  await document.destroy()
  return { title: title ?? '', language: language ?? '', pages }
}
