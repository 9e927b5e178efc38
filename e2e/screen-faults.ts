/** Runs in the page: what a person at the door would find wrong with the screen as it is painted now. */
export interface ScreenFaults {
  readonly problems: readonly string[]
  readonly lowestContrast: number
  readonly field: string
  readonly heading: string
  readonly language: string
  readonly countdowns: number
}

export function findScreenFaults(): ScreenFaults {
  const problems: string[] = []
  let lowestContrast = 21

  const say = (element: Element, what: string): void => {
    problems.push(`${element.tagName.toLowerCase()}.${element.className}: ${what}: ${element.textContent.slice(0, 40)}`)
  }
  const channels = (color: string): readonly number[] => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (color: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = color.map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const groundOf = (element: Element): readonly number[] => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(at).backgroundColor)
      if (r === undefined || g === undefined || b === undefined || alpha === 0) continue
      if (alpha < 1) say(at, 'a half transparent ground cannot be judged')
      return [r, g, b]
    }
    return [255, 255, 255]
  }
  const hasText = (element: Element): boolean =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '')

  /** What ancestors leave of it to be seen. */
  const shownWithin = (element: Element): { left: number; right: number; top: number; bottom: number } => {
    const shown = { left: 0, right: Infinity, top: 0, bottom: Infinity }
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible' || getComputedStyle(at).display === 'inline') continue
      const { left, right, top, bottom } = at.getBoundingClientRect()
      shown.left = Math.max(shown.left, left)
      shown.right = Math.min(shown.right, right)
      shown.top = Math.max(shown.top, top)
      shown.bottom = Math.min(shown.bottom, bottom)
    }
    return shown
  }

  const { clientWidth, clientHeight, scrollWidth, scrollHeight } = document.documentElement
  if (scrollWidth > clientWidth || scrollHeight > clientHeight)
    problems.push(`page scrolls: ${scrollWidth}×${scrollHeight}`)

  for (const element of document.querySelectorAll('main *:not(.spoken)')) {
    if (!hasText(element)) continue
    const box = element.getBoundingClientRect()
    if (box.left < 0 || box.top < 0 || box.right > clientWidth || box.bottom > clientHeight)
      say(element, 'leaves the screen')
    if (element instanceof HTMLElement && getComputedStyle(element).display !== 'inline') {
      const shortened = getComputedStyle(element).textOverflow === 'ellipsis'
      if (!shortened && element.scrollWidth > element.clientWidth + 1) say(element, 'is clipped')
    }
    const words = luminance(channels(getComputedStyle(element).color).slice(0, 3))
    const ground = luminance(groundOf(element))
    const contrast = (Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05)
    lowestContrast = Math.min(lowestContrast, contrast)
    if (contrast < 4.5) say(element, `contrast ${contrast.toFixed(2)}`)
  }

  // What one element says is not written over what another says. Of a line's box the ink is what counts: most of what is
  // above the capitals is empty, and a little below the descenders.
  const lines = [...document.querySelectorAll('main *:not(.spoken)')].filter(hasText).flatMap((element) => {
    const size = parseFloat(getComputedStyle(element).fontSize)
    return [...element.childNodes].flatMap((node) => {
      if (node.nodeType !== Node.TEXT_NODE) return []
      const range = document.createRange()
      range.selectNodeContents(node)
      const clip = shownWithin(element)
      return [...range.getClientRects()].map(({ left, right, top, bottom }) => ({
        element,
        left: Math.max(left, clip.left),
        right: Math.min(right, clip.right),
        top: Math.max(top + 0.15 * size, clip.top),
        bottom: Math.min(bottom - 0.04 * size, clip.bottom),
      }))
    })
  })
  for (const [at, one] of lines.entries()) {
    for (const other of lines.slice(at + 1)) {
      if (one.element === other.element || one.right <= other.left || other.right <= one.left) continue
      if (Math.max(one.top, other.top) < Math.min(one.bottom, other.bottom))
        say(other.element, `is written over «${one.element.textContent.slice(0, 20)}»`)
    }
  }

  // The field's parts stay within the field: neither the strip above nor the small print below is touched.
  const section = document.querySelector('main > section')
  if (section === null) problems.push('no field')
  else {
    const field = section.getBoundingClientRect()
    for (const part of section.querySelectorAll(':scope > *')) {
      // a turnstile's number is put beside the small print on purpose
      if (getComputedStyle(part).position === 'absolute') continue
      const box = part.getBoundingClientRect()
      if (box.top < field.top - 1 || box.bottom > field.bottom + 1) say(part, 'leaves the field')
    }
  }

  for (const button of document.querySelectorAll('button')) {
    const { width, height } = button.getBoundingClientRect()
    if (width < 48 || height < 48) say(button, `is ${width.toFixed()}×${height.toFixed()}: too small to touch`)
  }

  const main = document.querySelector('main')
  return {
    problems,
    lowestContrast,
    field: main === null ? '' : getComputedStyle(main).backgroundColor,
    heading: document.querySelector('h1')?.textContent ?? '',
    language: document.documentElement.lang,
    countdowns: document.querySelectorAll('.countdown').length,
  }
}
