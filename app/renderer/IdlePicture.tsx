import { useEffect, useRef, type JSX } from 'react'
import { Bound } from './Bound.tsx'
import { CameraPreview, useCameraStream, useNeedsHelp } from './camera/CameraPreview.tsx'
import { QR_DRAWING } from './qr-drawing.ts'

/** Between two hints, ms: seldom enough to leave the processor alone for most of an idle day. */
const HINT_EVERY = 6000

const APPROACH: Keyframe[] = [
  { transform: 'translateY(22%) scale(.92)', opacity: 0 },
  { transform: 'none', opacity: 1, offset: 0.45 },
  { transform: 'none', opacity: 1 },
]
const CATCH: Keyframe[] = [{ transform: 'none' }, { transform: 'scale(.93)', offset: 0.6 }, { transform: 'none' }]

/**
 * What to do, shown: where a camera lives, its mirror; else a phone that comes into the reader's frame, which closes on it.
 * A phone fits into the mirror's frame from 35 cm on (70° camera, 15 cm phone): nearer, cheap cameras see nothing sharp.
 */
export function IdlePicture({ advice }: { readonly advice: string }): JSX.Element {
  const stream = useCameraStream()
  const needsHelp = useNeedsHelp()
  const phone = useRef<HTMLDivElement>(null)
  const corners = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)')
    const hint = (): void => {
      if (still.matches) return
      phone.current?.animate(APPROACH, { duration: 1500, easing: 'cubic-bezier(.2,.8,.2,1)' })
      corners.current?.animate(CATCH, { duration: 700, delay: 550, easing: 'ease-in-out' })
    }
    const timer = window.setInterval(hint, HINT_EVERY)
    return () => window.clearInterval(timer)
  }, [])
  return (
    <div className={stream ? 'picture seeing' : 'picture'}>
      {stream && <CameraPreview stream={stream} />}
      <div className="corners" ref={corners} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </div>
      {!stream && (
        <div className="phone" ref={phone} aria-hidden="true">
          <svg viewBox="-2 -2 25 25">
            <path d={QR_DRAWING} />
          </svg>
        </div>
      )}
      {/* always there, so that what comes into it is spoken */}
      <p className="advice" role="status">
        {stream && needsHelp && <Bound text={advice} />}
      </p>
    </div>
  )
}
