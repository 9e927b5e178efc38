/** Runs in the page: what of the wizard is cut off, faint or without a name. */
export function findSetupFaults(): readonly string[] {
  const problems: string[] = []
  const main = document.querySelector('main')
  if (main === null) return ['no main']
  const luminance = (channels: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = channels.map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const groundOf = (element: Element): number[] => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const ground = channels(getComputedStyle(at).backgroundColor)
      if ((ground[3] ?? 1) > 0.99) return ground.slice(0, 3)
    }
    return [255, 255, 255]
  }
  for (const element of main.querySelectorAll('*')) {
    if (element instanceof SVGElement || element.classList.contains('spoken')) continue
    const box = element.getBoundingClientRect()
    if (box.width === 0 || getComputedStyle(element).display === 'none') continue
    const say = (what: string): void => {
      problems.push(
        `${element.tagName.toLowerCase()}.${element.className}: ${what}: ${element.textContent.slice(0, 40)}`,
      )
    }
    if (box.left < -1 || box.right > innerWidth + 1) say('leaves the screen')
    if (element instanceof HTMLButtonElement) {
      if (box.height < 36 || box.width < 36) say(`too small to touch: ${box.width}×${box.height}`)
      if ((element.getAttribute('aria-label') ?? element.textContent).trim() === '') say('has no name')
    }
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
    if (!hasText || element.closest(':disabled')) continue
    if (getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1)
      say('is clipped')
    const words = luminance(channels(getComputedStyle(element).color).slice(0, 3))
    const ground = luminance(groundOf(element))
    const contrast = (Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05)
    if (contrast < 4.5) say(`contrast ${contrast.toFixed(2)}`)
    if (Number.parseFloat(getComputedStyle(element).fontSize) < 12) say('is too small to read')
  }
  for (const part of ['header', 'footer'] as const) {
    const box = main.querySelector(`:scope > ${part}`)?.getBoundingClientRect()
    if (box && (box.top < -1 || box.bottom > innerHeight + 1)) problems.push(`${part} leaves the screen`)
  }
  return problems
}
