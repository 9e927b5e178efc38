import type { JSX } from 'react'
import type { KioskMode } from '../../preload/kiosk-api.ts'

/** Three places as one sees them from the door. */
export function ModePicture({ mode }: { readonly mode: KioskMode }): JSX.Element {
  return (
    <svg className="mode-picture" viewBox="0 0 160 100" aria-hidden="true">
      <path className="floor" d="M8 92H152" />
      {PICTURES[mode]}
    </svg>
  )
}

function person(x: number): JSX.Element {
  return (
    <g className="person" transform={`translate(${x} 0)`}>
      <circle cx="0" cy="30" r="9" />
      <path d="M-13 92V58a13 13 0 0 1 26 0V92Z" />
    </g>
  )
}

const PICTURES: Readonly<Record<KioskMode, JSX.Element>> = {
  'self-service': (
    <>
      {person(50)}
      <path className="thing" d="M98 92V64M112 92V64" />
      <rect className="screen" x="86" y="18" width="38" height="50" rx="5" />
      <path className="sign" d="M95 43L102 50L115 36" />
      <path className="arm" d="M60 58L79 50" />
      <rect className="phone-shape" x="77" y="40" width="7" height="13" rx="1.5" />
    </>
  ),
  turnstile: (
    <>
      {person(46)}
      <rect className="thing solid-thing" x="88" y="44" width="18" height="48" rx="3" />
      <path className="thing" d="M88 56L66 64M88 60L70 78" />
      <rect className="screen" x="86" y="14" width="30" height="24" rx="4" />
      <path className="sign" d="M94 26L99 31L109 20" />
      <rect className="thing solid-thing" x="134" y="44" width="10" height="48" rx="3" />
    </>
  ),
  desk: (
    <>
      {person(36)}
      {person(128)}
      <path className="desk-top" d="M64 92V62H150V92" />
      <rect className="screen" x="70" y="30" width="34" height="26" rx="4" />
      <path className="thing" d="M87 56V62" />
      <path className="sign" d="M79 43L85 49L96 37" />
    </>
  ),
}
