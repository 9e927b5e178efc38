/** Where a scanner types among a person's keys: its characters leave the field again, and its spaces press nothing. */
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { beforeScan, keyDown, type Burst } from './scanned-burst.ts'

/**
 * Puts a field back to what it held before a scanner typed into it.
 * @param typedScans grows with each code that the keyboard scanner has typed; other readers do not count
 */
export function useScansTakenBack(value: string, typedScans: number, putBack: (before: string) => void): void {
  const burst = useRef<Burst>(undefined)
  const scansBefore = useRef(typedScans)
  useEffect(() => {
    // before the field itself: it has not changed yet
    const onKey = (): void => void (burst.current = keyDown(burst.current, value, performance.now()))
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [value])
  useEffect(() => {
    if (scansBefore.current === typedScans) return
    scansBefore.current = typedScans
    const before = beforeScan(burst.current, performance.now())
    burst.current = undefined
    if (before !== undefined && before !== value) putBack(before)
  })
}

/** A pass has many spaces, and each would press the button that has the keyboard. Enter presses it, as everywhere here. */
const keepSpace = (event: KeyboardEvent): void => {
  if (event.code === 'Space' && event.target instanceof HTMLButtonElement) event.preventDefault()
}
/** Down it would look pressed, up it would be. */
export const noSpaceBar = { onKeyDown: keepSpace, onKeyUp: keepSpace } as const
