/** A camera whose picture stands still, for a page that is played: what it sees is a drawing of somebody at the door. */
import type { Browser } from 'playwright-core'
import type { PlayedKiosk } from '../kiosk-page.ts'
import { drawClip, onPhone, queueOf } from './clips.ts'

/** Nobody with a code; one of ours; another's; one in a lamp's glare, which cannot be read. */
export type View = 'nobody' | 'ours' | 'foreign' | 'glare'

/** Of the pass's shape and length: its drawing is as dense as a pass. */
const PASS = `QP1:${'7K3MV9P0QXZ.4-'.repeat(11).slice(0, 144)}`
const HELD: Readonly<Record<View, ReturnType<typeof onPhone>[]>> = {
  nobody: [],
  ours: [onPhone(PASS, { x: 0.46, y: 0.52, size: 0.4, turned: 4 })],
  foreign: [onPhone('https://example.org/menu?table=7', { x: 0.54, y: 0.48, size: 0.36, turned: -6 })],
  glare: [onPhone(PASS, { x: 0.5, y: 0.5, size: 0.36, glare: { x: 0.2, y: 0.25, radius: 0.3 } })],
}

/** What the camera sees in each view, as JPEG. */
export async function drawViews(browser: Browser): Promise<Readonly<Record<View, Buffer>>> {
  const draw = async (view: View): Promise<Buffer> => {
    const scene = queueOf([HELD[view]], { width: 1280, height: 720, each: 40, entersIn: 0 })
    const { entersAt = 0, leavesAt = 0 } = scene.visitors[0] ?? {}
    const frames = await drawClip(browser, { ...scene, frames: leavesAt - 1 })
    // also with an empty hand somebody is there
    return frames[entersAt + 1] ?? Buffer.alloc(0)
  }
  return {
    nobody: await draw('nobody'),
    ours: await draw('ours'),
    foreign: await draw('foreign'),
    glare: await draw('glare'),
  }
}

/** What the window shows of each view. */
const SHOWN: Readonly<Record<View, string>> = {
  nobody: '.camera-preview video',
  ours: '.camera-preview .ours .line:not([points=""])',
  foreign: '.camera-preview .foreign .line:not([points=""])',
  glare: '.advice:not(:empty)',
}

/** From now on this page has a camera, which sees this, and shows what it makes of it. */
export async function letSee({ page, chooseCamera }: PlayedKiosk, view: View, picture: Buffer): Promise<void> {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height })
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    let frame = 0
    setInterval(() => {
      context.drawImage(bitmap, 0, 0)
      // a canvas that does not change sends no frames
      context.fillStyle = frame++ % 2 === 0 ? '#8d8a86' : '#8d8a84'
      context.fillRect(0, 0, 4, 4)
    }, 33)
    const device = { kind: 'videoinput', deviceId: 'still', label: 'Still camera', groupId: '' }
    Object.assign(navigator.mediaDevices, {
      enumerateDevices: async () => [device],
      getUserMedia: async () => canvas.captureStream(30),
    })
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  }, picture.toString('base64'))
  await chooseCamera({ kind: 'off' })
  await chooseCamera({ kind: 'any' })
  await page.waitForSelector(SHOWN[view], { state: 'attached' })
}
