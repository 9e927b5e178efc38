import type { Appendix1 } from './appendix1.ts'
import type { Poster } from './poster.ts'

/** What crosses to the thread that draws, and back. */
export type Drawing =
  { readonly kind: 'poster'; readonly poster: Poster } | { readonly kind: 'appendix1'; readonly application: Appendix1 }
export interface ToDrawer {
  readonly job: number
  readonly drawing: Drawing
}
export interface FromDrawer {
  readonly job: number
  /** absent: it could not be drawn */
  readonly pdf?: Uint8Array
}
