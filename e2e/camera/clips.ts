/** Clips for Chromium's fake camera, which plays a file of JPEG pictures (Motion JPEG) at 30 a second, again and again. */
import fs from 'node:fs'
import qrcode from 'qrcode'
import type { Browser } from 'playwright-core'
import { drawScene, type Held, type Modules, type Scene } from './scene.ts'

export function modulesOf(text: string): Modules {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  return { side: modules.size, dark: Array.from(modules.data, (bit) => bit === 1) }
}

/** One after the other: each comes within 12 frames, holds the code up, and is gone for a moment before the next comes. */
export function queueOf(
  visitors: readonly (readonly Held[])[],
  { width = 960, height = 540, each = 48, entersIn = 12 } = {},
): Scene {
  return {
    width,
    height,
    frames: visitors.length * each,
    visitors: visitors.map((held, at) => ({
      held,
      entersAt: at * each + 8,
      entersIn,
      leavesAt: (at + 1) * each - 4,
    })),
  }
}

/** A code on a phone, well held. */
export const onPhone = (text: string, how: Partial<Held> = {}): Held => ({
  code: modulesOf(text),
  as: 'screen',
  x: 0.5,
  y: 0.5,
  size: 0.38,
  ...how,
})

/** The same hand at the same place: six seconds in a lamp's light, which nothing can be read in, then out of it until the answer is over. */
export function outOfGlare(text: string): Scene {
  const well = onPhone(text, { size: 0.36 })
  return {
    width: 960,
    height: 540,
    frames: 480,
    visitors: [
      { entersAt: 8, entersIn: 12, leavesAt: 200, held: [{ ...well, glare: { x: 0.2, y: 0.25, radius: 0.3 } }] },
      { entersAt: 200, entersIn: 0, leavesAt: 470, held: [well] },
    ],
  }
}

/** One JPEG a frame. */
export async function drawClip(browser: Browser, scene: Scene): Promise<readonly Buffer[]> {
  const page = await browser.newPage()
  try {
    const pictures = await page.evaluate(drawScene, scene)
    return pictures.map((picture) => Buffer.from(picture, 'base64'))
  } finally {
    await page.close()
  }
}

export async function writeClip(browser: Browser, file: string, scene: Scene): Promise<void> {
  fs.writeFileSync(file, Buffer.concat(await drawClip(browser, scene)))
}

/** Chromium's switches for a camera that plays this file. Permission is asked for as ever: no `--use-fake-ui…`. */
export const fakeCamera = (file: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
]
