import type { JSX } from 'react'

/** The four answers of the kiosk, large: what the whole system is about. */
export function FourShapes(): JSX.Element {
  return (
    <svg viewBox="0 0 220 220" width="100%" style={{ maxWidth: 300 }} aria-hidden="true">
      <g fill="none" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="52" cy="52" r="48" fill="#00754a" />
        <path d="M31 54l15 15 29-31" stroke="#fff" strokeWidth="10" />
        <path d="M148 4h40l28 28v40l-28 28h-40l-28-28V32z" fill="#b3122a" />
        <path d="M150 34l36 36M186 34l-36 36" stroke="#fff" strokeWidth="10" />
        <path d="M52 126l46 84H6z" fill="#ffb81c" stroke="#ffb81c" strokeWidth="6" />
        <path d="M52 156v22" stroke="#2b1b00" strokeWidth="10" />
        <circle cx="52" cy="196" r="5.5" fill="#2b1b00" />
        <rect x="123" y="121" width="90" height="90" rx="18" stroke="#8d9bb0" strokeWidth="7" strokeDasharray="20 13" />
        <path d="M154 156c0-20 28-20 28 0 0 13-14 12-14 23" stroke="#8d9bb0" strokeWidth="8" />
        <circle cx="168" cy="194" r="5" fill="#8d9bb0" />
      </g>
    </svg>
  )
}
