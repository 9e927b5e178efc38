/**
 * How large a word and a sign look from where people stand. 5′ is what a sharp eye (6/6, the line of Snellen's chart) just
 * makes out; ISO 9241-303 asks for 16′ at least and 20′ to 22′ to read with ease (character height; here the lower-case
 * x-height is held to it, which is stricter by a third).
 */
export const THRESHOLD = 5
export const EASE = 20

/** mm, from the eye to the glass */
const DISTANCE = 3000

/** The panels these sizes are sold as; mm of one pixel. */
export const PANELS = {
  '1280x800': { name: '15.6″, 1280×800', pixel: (15.6 * 25.4) / Math.hypot(1280, 800) },
  '1920x1080': { name: '21.5″, 1920×1080', pixel: (21.5 * 25.4) / Math.hypot(1920, 1080) },
  '1080x1920': { name: '27″ upright, 1080×1920', pixel: (27 * 25.4) / Math.hypot(1080, 1920) },
  '800x480': { name: '10″, 800×480', pixel: (10 * 25.4) / Math.hypot(800, 480) },
} as const
export type PanelSize = keyof typeof PANELS

/** Arc minutes of so many pixels of a panel. */
export function arcMinutes(pixels: number, size: PanelSize): number {
  return (2 * Math.atan((pixels * PANELS[size].pixel) / 2 / DISTANCE) * 180 * 60) / Math.PI
}

export interface MeasuredScreen {
  /** px: the heading's lower-case letters, from the font itself */
  readonly xHeight: number
  /** px: the sign's shorter side */
  readonly mark: number
}

/** Runs in the page. */
export function measureScreen(): MeasuredScreen {
  const heading = document.querySelector('h1')
  const mark = document.querySelector('.mark')?.getBoundingClientRect()
  const context = document.createElement('canvas').getContext('2d')
  if (!heading || !context) return { xHeight: 0, mark: 0 }
  const { fontWeight, fontSize } = getComputedStyle(heading)
  context.font = `${fontWeight} ${fontSize} Golos`
  return {
    xHeight: context.measureText('x').actualBoundingBoxAscent,
    mark: mark ? Math.min(mark.width, mark.height) : 0,
  }
}
