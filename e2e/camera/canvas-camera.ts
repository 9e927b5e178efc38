/** A camera whose picture the test draws: a canvas's own track, read by the kiosk as any other. Needs a camera that it replaces. */
import type { Page } from 'playwright-core'
import type { Modules } from './scene.ts'

/** Pixels of a module of the code that is held up; the picture is 1280×720. */
export const CELL = 6

interface Held {
  readonly code: Modules | undefined
  /** where its middle is, part of the picture's width */
  readonly x: number
}

/** From now on every camera that is opened in this page is the canvas; the one that is open is lost. */
export async function installCanvasCamera(page: Page): Promise<void> {
  await page.evaluate((cell) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 })
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    let held: Held | undefined
    const draw = (): void => {
      context.fillStyle = '#8d8a85'
      context.fillRect(0, 0, 1280, 720)
      // a canvas that does not change sends no frames
      context.fillStyle = performance.now() % 2 < 1 ? '#8d8a86' : '#8d8a84'
      context.fillRect(0, 0, 4, 4)
      if (!held?.code) return
      const { code, x } = held
      const [left, top] = [x * 1280 - (code.side * cell) / 2, 360 - (code.side * cell) / 2]
      context.fillStyle = '#fbfbf8'
      context.fillRect(left - 4 * cell, top - 4 * cell, (code.side + 8) * cell, (code.side + 8) * cell)
      context.fillStyle = '#16181c'
      for (const [at, dark] of code.dark.entries())
        if (dark) context.fillRect(left + (at % code.side) * cell, top + Math.floor(at / code.side) * cell, cell, cell)
    }
    setInterval(draw, 33)
    window.addEventListener('hold-up', (event) => {
      held = (event as CustomEvent<Held>).detail
      draw()
    })
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30)
  }, CELL)
  await loseCamera(page)
}

/** Draws this code from now on, or an empty hall. */
export async function holdUp(page: Page, code: Modules | undefined, x = 0.5): Promise<void> {
  const held: Held = { code, x }
  await page.evaluate((detail) => window.dispatchEvent(new CustomEvent('hold-up', { detail })), held)
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
