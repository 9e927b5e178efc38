import { useEffect } from 'react'

/** Told so often at most, ms; set-up that nobody tells of is left after five minutes (app/main/setup/setup.ts). */
const EVERY = 60_000

/** Tells the main process of whoever touches or types: else only choices and codes are heard there. */
export function useSignsOfLife(): void {
  useEffect(() => {
    // whoever opened this is here
    let toldAt = performance.now()
    const onSign = (): void => {
      const now = performance.now()
      if (now - toldAt < EVERY) return
      toldAt = now
      void window.kioskSetup.ask({ kind: 'alive' })
    }
    window.addEventListener('pointerdown', onSign)
    window.addEventListener('keydown', onSign)
    return () => {
      window.removeEventListener('pointerdown', onSign)
      window.removeEventListener('keydown', onSign)
    }
  }, [])
}
