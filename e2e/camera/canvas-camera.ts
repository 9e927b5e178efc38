/** A camera whose picture the test draws: a canvas's own track, read by the kiosk as any other. Needs a camera that it replaces. */
import type { Page } from 'playwright-core'
import type { Modules } from './scene.ts'

/** From now on every camera that is opened in this page is the canvas; the one that is open is lost. */
export async function installCanvasCamera(page: Page): Promise<void> {
  await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 })
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    let code: Modules | undefined
    const draw = (): void => {
      context.fillStyle = '#8d8a85'
      context.fillRect(0, 0, 1280, 720)
      // a canvas that does not change sends no frames
      context.fillStyle = performance.now() % 2 < 1 ? '#8d8a86' : '#8d8a84'
      context.fillRect(0, 0, 4, 4)
      if (!code) return
      const cell = 6
      const [left, top] = [640 - (code.side * cell) / 2, 360 - (code.side * cell) / 2]
      context.fillStyle = '#fbfbf8'
      context.fillRect(left - 4 * cell, top - 4 * cell, (code.side + 8) * cell, (code.side + 8) * cell)
      context.fillStyle = '#16181c'
      for (const [at, dark] of code.dark.entries())
        if (dark) context.fillRect(left + (at % code.side) * cell, top + Math.floor(at / code.side) * cell, cell, cell)
    }
    setInterval(draw, 33)
    window.addEventListener('hold-up', (event) => {
      code = (event as CustomEvent<Modules | undefined>).detail
      draw()
    })
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30)
  })
  await loseCamera(page)
}

/** Draws this code from now on. */
export async function holdUp(page: Page, code: Modules): Promise<void> {
  await page.evaluate((detail) => window.dispatchEvent(new CustomEvent('hold-up', { detail })), code)
}

/** The camera's own end, as when it is pulled out. */
export async function loseCamera(page: Page): Promise<void> {
  await page.waitForSelector('.camera-preview video')
  await page.evaluate(() => {
    const stream = document.querySelector<HTMLVideoElement>('.camera-preview video')?.srcObject
    if (!(stream instanceof MediaStream)) throw new Error('no camera is shown')
    for (const track of stream.getVideoTracks()) track.dispatchEvent(new Event('ended'))
  })
}
