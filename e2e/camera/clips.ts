/** Clips for Chromium's fake camera, which plays a file of JPEG pictures (Motion JPEG) at 30 a second, again and again. */
import fs from 'node:fs'
import qrcode from 'qrcode'
import type { Browser } from 'playwright-core'
import { drawScene, type Held, type Modules, type Scene } from './scene.ts'

export function modulesOf(text: string): Modules {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  return { side: modules.size, dark: Array.from(modules.data, (bit) => bit === 1) }
}

/** 720p, a second of an empty hall, then someone comes: in the picture from frame 30, at rest from 45. */
export const walkUp = (held: readonly Held[], rest: Partial<Scene> = {}): Scene => ({
  width: 1280,
  height: 720,
  frames: 90,
  entersAt: 30,
  entersIn: 15,
  held,
  ...rest,
})

/** A code on a phone, well held. */
export const onPhone = (text: string, how: Partial<Held> = {}): Held => ({
  code: modulesOf(text),
  as: 'screen',
  x: 0.5,
  y: 0.5,
  size: 0.38,
  ...how,
})

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

/** Chromium's switches for a camera that plays this file. Permission is asked for as ever, unless it is `granted` unasked. */
export const fakeCamera = (file: string, granted = false): readonly string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
  ...(granted ? ['--use-fake-ui-for-media-stream'] : []),
]
