import { createRoom, lumaOfRgba, packRows, type Luma } from './luma.ts'

/** Formats whose first plane is the picture's brightness, a byte a pixel. */
const PLANAR: readonly (string | null)[] = ['I420', 'I420A', 'I422', 'I444', 'NV12']

/** Copies the brightness out of camera frames. The picture is good until the next one is asked for. */
export function createFrameLuma(): (frame: VideoFrame) => Promise<Luma> {
  const room = createRoom()
  const greyRoom = createRoom()
  return async (frame) => {
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight }
    if (PLANAR.includes(frame.format)) {
      const bytes = room(frame.allocationSize())
      const [layout] = await frame.copyTo(bytes)
      return packRows(bytes, layout ?? { offset: 0, stride: width }, width, height)
    }
    const rgba = room(frame.allocationSize({ format: 'RGBA' }))
    await frame.copyTo(rgba, { format: 'RGBA' })
    return lumaOfRgba(rgba, width, height, greyRoom)
  }
}
