/** What makes codes hard to read in a hall, put upon drawn pictures: counted is how many are read within three looks. */
import type { Browser, Page } from 'playwright-core'
import { drawClip, onPhone, queueOf } from '../../e2e/camera/clips.ts'
import { readPictures, type Picture } from '../../e2e/camera/deployed-worker.ts'

const CODES = 24
/** Of a camera's fifteen a second. */
const LOOKS = 3
/** Parts of the picture's height: the smallest is a phone two steps away. */
const SIZES = [0.14, 0.17, 0.2, 0.24, 0.3, 0.4]
/** A screen's pixels against the camera's; a dim hall and a noisy camera; a hand that shakes in one. */
const TROUBLES = ['moire', 'dim', 'smeared'] as const
type Trouble = (typeof TROUBLES)[number]

/** Of the codes of each trouble, the percentage that is read. */
export async function inBadLight(
  browser: Browser,
  kiosk: Page,
  workerUrl: string,
): Promise<Readonly<Record<string, number>>> {
  const codes = Array.from(
    { length: CODES },
    (_, at) => `QP1:${String(at).padStart(4, '0')}${'7K3MV9P0QXZ.4-'.repeat(11).slice(0, 140)}`,
  )
  const drawn: string[] = []
  for (const [at, code] of codes.entries()) {
    const held = onPhone(code, {
      x: 0.4 + at / 100,
      size: SIZES[at % SIZES.length] ?? 0.3,
      turned: ((7 * at) % 40) - 20,
    })
    const scene = queueOf([[held]], { width: 1280, height: 720, each: 40, entersIn: 0 })
    drawn.push((await drawClip(browser, { ...scene, frames: 12 })).at(-1)?.toString('base64') ?? '')
  }
  const room = await browser.newPage()
  const percentages: Record<string, number> = {}
  for (const trouble of TROUBLES) {
    const pictures: Picture[] = []
    for (const [at, base64] of drawn.entries()) {
      const spoilt = await room.evaluate(spoil, { base64, trouble, seed: at + 1 })
      pictures.push(...Array.from({ length: LOOKS }, () => ({ name: codes[at] ?? '', base64: spoilt })))
    }
    const readings = await readPictures(kiosk, workerUrl, pictures)
    const read = new Set(readings.filter(({ name, text }) => name === text).map(({ name }) => name))
    percentages[`${trouble}_read_percent`] = (100 * read.size) / CODES
  }
  await room.close()
  return percentages
}

/** Runs in a page. */
async function spoil(input: { base64: string; trouble: Trouble; seed: number }): Promise<string> {
  const bytes = Uint8Array.from(atob(input.base64), (character) => character.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes]))
  const { width } = bitmap
  const canvas = Object.assign(document.createElement('canvas'), { width, height: bitmap.height })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  if (input.trouble === 'smeared') context.filter = 'blur(1.1px)'
  context.drawImage(bitmap, 0, 0)
  let { seed } = input
  const random = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  const noise = (sigma: number): number => (random() + random() + random() + random() - 2) * sigma * Math.sqrt(3)
  const { data } = context.getImageData(0, 0, width, bitmap.height)
  for (let at = 0; at < data.length; at += 4) {
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)]
    const grey = data[at + 1] ?? 0
    const worse = {
      moire: () => grey * (0.71 + 0.29 * Math.sin(1.5 * x + 0.5 * y)),
      dim: () => 40 + 0.3 * grey + noise(14),
      smeared: () => grey + noise(18),
    }[input.trouble]()
    data.fill(Math.min(255, Math.max(0, worse)), at, at + 3)
  }
  context.putImageData(new ImageData(data, width, bitmap.height), 0, 0)
  return canvas.toDataURL('image/png').replace('data:image/png;base64,', '')
}
