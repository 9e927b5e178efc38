/** @jsxImportSource preact */
import type { StateKind } from '../../contract/join/application-state.ts'

/** The kiosk's four shapes, and one for what is under way. */
export type Shape = 'good' | 'bad' | 'wait' | 'going' | 'over'

export const SHAPE_OF: Readonly<Record<StateKind, Shape>> = {
  draft: 'over',
  unconfirmed: 'wait',
  submitted: 'going',
  correction: 'wait',
  approved: 'good',
  registered: 'good',
  rejected: 'bad',
  withdrawn: 'over',
}

export function Sign({ is, size = 24 }: { readonly is: Shape; readonly size?: number }) {
  return (
    <svg class={`sign ${is}`} viewBox="0 0 48 48" width={size} height={size} aria-hidden="true">
      {is === 'good' && (
        <>
          <circle cx="24" cy="24" r="20" />
          <path d="M15 25l6.5 6.5L34 18" />
        </>
      )}
      {is === 'bad' && (
        <>
          <path d="M16 4h16l12 12v16L32 44H16L4 32V16z" />
          <path d="M17 17l14 14M31 17L17 31" />
        </>
      )}
      {is === 'wait' && (
        <>
          <path d="M24 5l21 37H3z" />
          <path d="M24 19v10M24 35.2v.6" />
        </>
      )}
      {is === 'going' && (
        <>
          <circle cx="24" cy="24" r="20" />
          <path d="M24 12v12l8 5" />
        </>
      )}
      {is === 'over' && (
        <>
          <rect x="4" y="4" width="40" height="40" rx="9" stroke-dasharray="7 5" />
          <path d="M16 24h16" />
        </>
      )}
    </svg>
  )
}
