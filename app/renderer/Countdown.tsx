import type { CSSProperties, JSX, ReactNode } from 'react'

type Timed = CSSProperties & Readonly<Record<'--ms', string>>

/**
 * An outline that disappears clockwise within `ms`, whatever its shape. Only transforms move, so the compositor does it alone
 * and a scan in the meantime finds the main thread free: a half plane turns over each half of the box and cuts the outline
 * off, while the outline inside it turns back by the same angle and so stands still.
 */
export function Countdown({ ms, children }: { readonly ms: number; readonly children: ReactNode }): JSX.Element {
  const timed: Timed = { '--ms': `${ms}ms` }
  const outline = <svg viewBox="0 0 240 240">{children}</svg>
  return (
    <div className="countdown" data-ms={ms} style={timed}>
      <div className="track">{outline}</div>
      <div className="half right">
        <div className="wedge">
          <div className="still">{outline}</div>
        </div>
      </div>
      <div className="half left">
        <div className="wedge">
          <div className="still">{outline}</div>
        </div>
      </div>
    </div>
  )
}
