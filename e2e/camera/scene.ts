/**
 * Draws what a camera in a hall would see, picture by picture: someone comes and holds up a code. Runs in a page (its
 * source is handed to a browser), so it is one function that closes over nothing.
 */

/** The modules of a QR code, row by row, true for dark. */
export interface Modules {
  readonly side: number
  readonly dark: readonly boolean[]
}

export interface Held {
  readonly code: Modules
  /** a phone's screen, a phone in its dark theme (light code on dark), a sheet of paper */
  readonly as: 'screen' | 'dark-screen' | 'paper'
  /** where its middle comes to rest, parts of the picture's width and height */
  readonly x: number
  readonly y: number
  /** side of the code, part of the picture's height */
  readonly size: number
  /** degrees */
  readonly turned?: number
  /** a lamp's reflection on the glass: where on the code (parts of its side from its middle), radius as part of its side */
  readonly glare?: { readonly x: number; readonly y: number; readonly radius: number }
}

export interface Visitor {
  /** the frame in which the first of it comes into the picture, how many it takes to come to rest (0: it is there), and the first without it */
  readonly entersAt: number
  readonly entersIn: number
  readonly leavesAt: number
  readonly held: readonly Held[]
}

export interface Scene {
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly visitors: readonly Visitor[]
  /** a white mark in the upper left corner of the frames in which someone is there: what times a camera by */
  readonly marked?: boolean
}

/** Every frame as JPEG, base64. */
export async function drawScene(scene: Scene): Promise<readonly string[]> {
  const { width, height } = scene
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  // always the same noise: a run can be repeated
  let seed = 45
  const random = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32

  const hall = (): void => {
    const light = context.createLinearGradient(0, 0, width, height)
    light.addColorStop(0, '#c9c4b8')
    light.addColorStop(1, '#7d7a74')
    context.fillStyle = light
    context.fillRect(0, 0, width, height)
    context.fillStyle = '#5c6470'
    for (const at of [0.05, 0.3, 0.72, 0.9]) context.fillRect(at * width, 0.1 * height, 0.06 * width, 0.7 * height)
    context.fillStyle = '#94897a'
    context.fillRect(0, 0.8 * height, width, 0.2 * height)
  }
  const visitor = (arrived: number): void => {
    context.fillStyle = '#3a3f4a'
    context.beginPath()
    context.ellipse((0.5 + 0.6 * (1 - arrived)) * width, 1.1 * height, 0.22 * width, 0.75 * height, 0, 0, 2 * Math.PI)
    context.fill()
  }
  const hold = ({ code, as, x, y, size, turned = 0, glare }: Held, arrived: number, alpha: number): void => {
    const side = size * height
    const sway = arrived >= 1 ? (random() - 0.5) * 0.004 * height : 0
    context.save()
    context.globalAlpha = alpha
    // from beyond the lower right corner, where a right hand comes from
    context.translate((x + (1.25 - x) * (1 - arrived)) * width + sway, (y + (1.25 - y) * (1 - arrived)) * height + sway)
    context.rotate(((turned + 12 * (1 - arrived)) * Math.PI) / 180)
    const [light, dark] = as === 'dark-screen' ? ['#e8e8ea', '#101216'] : ['#fbfbf8', '#16181c']
    if (as === 'paper') {
      context.fillStyle = light
      context.fillRect(-0.8 * side, -0.9 * side, 1.6 * side, 2 * side)
    } else {
      context.fillStyle = '#0b0c0e'
      context.beginPath()
      context.roundRect(-0.68 * side, -1.2 * side, 1.36 * side, 2.4 * side, 0.12 * side)
      context.fill()
      context.fillStyle = as === 'dark-screen' ? dark : light
      context.fillRect(-0.63 * side, -1.12 * side, 1.26 * side, 2.24 * side)
    }
    const cell = side / code.side
    context.fillStyle = as === 'dark-screen' ? light : dark
    code.dark.forEach((isDark, at) => {
      if (!isDark) return
      const left = -side / 2 + (at % code.side) * cell
      const top = -side / 2 + Math.floor(at / code.side) * cell
      context.fillRect(left, top, cell + 0.3, cell + 0.3)
    })
    if (glare) {
      const spot = context.createRadialGradient(
        ...([glare.x * side, glare.y * side, 0, glare.x * side, glare.y * side, glare.radius * side] as const),
      )
      spot.addColorStop(0, 'rgba(255,255,255,1)')
      spot.addColorStop(0.7, 'rgba(255,255,255,0.9)')
      spot.addColorStop(1, 'rgba(255,255,255,0)')
      context.fillStyle = spot
      context.fillRect(-side, -side, 2 * side, 2 * side)
    }
    context.restore()
  }

  const arrivedAt = ({ entersAt, entersIn }: Visitor, frame: number): number => {
    const part = entersIn === 0 ? 1 : Math.min(1, Math.max(0, (frame - entersAt) / entersIn))
    return 1 - (1 - part) ** 3
  }
  const grain = Object.assign(document.createElement('canvas'), { width: width + 64, height: height + 64 })
  const grainContext = grain.getContext('2d')
  if (!grainContext) throw new Error('no canvas')
  const noise = grainContext.createImageData(grain.width, grain.height)
  for (let at = 0; at < noise.data.length; at += 4) {
    noise.data.fill(128 + (random() + random() + random() - 1.5) * 45, at, at + 3)
    noise.data[at + 3] = 255
  }
  grainContext.putImageData(noise, 0, 0)

  const pictures: string[] = []
  for (let frame = 0; frame < scene.frames; frame++) {
    hall()
    const here = scene.visitors.filter(({ entersAt, leavesAt }) => frame >= entersAt && frame < leavesAt)
    for (const one of here) {
      const arrived = arrivedAt(one, frame)
      visitor(arrived)
      // a shutter that is open for half of the time between two frames smears what moves
      const steps = arrived >= 1 ? [0] : [0, 0.125, 0.25, 0.375, 0.5]
      for (const held of one.held)
        for (const [at, step] of steps.entries()) hold(held, arrivedAt(one, frame + step), 1 / (at + 1))
    }
    context.globalCompositeOperation = 'overlay'
    context.drawImage(grain, -Math.floor(random() * 64), -Math.floor(random() * 64))
    context.globalCompositeOperation = 'source-over'
    if (scene.marked && here.length > 0) {
      context.fillStyle = '#fff'
      context.fillRect(0, 0, 64, 64)
    }
    pictures.push(canvas.toDataURL('image/jpeg', 0.85).slice('data:image/jpeg;base64,'.length))
  }
  return pictures
}
