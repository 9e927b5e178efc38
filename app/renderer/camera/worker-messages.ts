/** All that crosses between the window and the worker that reads its camera. */
import type { ForeignCode } from '../../../contract/pass/foreign-code.ts'
import type { Corners } from './decoder.ts'

export type ToWorker =
  /** frames of a camera, until the stream ends or the next one comes */
  | { readonly kind: 'frames'; readonly frames: ReadableStream<VideoFrame> }
  /** one picture, where frames cannot be had: RGBA, four bytes a pixel */
  | { readonly kind: 'picture'; readonly rgba: ArrayBuffer; readonly width: number; readonly height: number }
  /** bench: every frame is searched, and every code told each time and whole */
  | { readonly kind: 'every-frame' }
  /** what is in view is news once more: it was told when nobody could be admitted */
  | { readonly kind: 'afresh' }
  | { readonly kind: 'ping' }

export interface Outline {
  readonly corners: Corners
  readonly ours: boolean
  /** size of the picture that the corners lie in */
  readonly width: number
  readonly height: number
}

/** What the camera sees of codes. */
export interface Sight {
  readonly outline?: Outline
  /** somebody holds one up that cannot be read */
  readonly needsHelp?: true
}

export type FromWorker =
  | { readonly kind: 'started'; readonly decoder: string; readonly insteadBecause?: string }
  /** one picture was looked at: a sign of life of camera and worker. `ms`: searching it; none when it stood still. */
  | ({ readonly kind: 'looked'; readonly ms?: number } & Sight)
  | { readonly kind: 'read'; readonly text: string }
  /** not ours, so private to whoever holds it up: no word of it leaves the worker */
  | { readonly kind: 'foreign'; readonly length: number; readonly code: ForeignCode }
  | { readonly kind: 'pong' }
  /** the decoder broke: this worker is of no more use */
  | { readonly kind: 'broken'; readonly because: string }
