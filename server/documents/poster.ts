import { done } from './document-thread.ts'

/** What hangs at the door. */
export interface Poster {
  readonly venueName: string
  readonly address: string
  /** what the QR code says */
  readonly url: string
  readonly size: PosterSize
}
export const POSTER_SIZES = ['a4', 'a5', 'sticker'] as const
export type PosterSize = (typeof POSTER_SIZES)[number]

/** Print-ready: A4, A5, or a sticker of 100 × 100 mm. The same bytes for the same venue. @throws where it could not be drawn */
export async function posterPdf(poster: Poster): Promise<Buffer> {
  return Buffer.from(await done('poster', poster))
}
