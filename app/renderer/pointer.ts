/** How long (ms) the arrow stays after a mouse was moved. */
const SHOWN = 3000

/** A terminal without a mouse has its arrow in the middle of the screen for ever; it shows only while somebody moves it. */
export function showPointerOnlyWhenMoved(): void {
  let hide: number | undefined
  window.addEventListener('pointermove', ({ pointerType }) => {
    if (pointerType !== 'mouse') return
    document.body.classList.add('pointing')
    window.clearTimeout(hide)
    hide = window.setTimeout(() => document.body.classList.remove('pointing'), SHOWN)
  })
}
