import type { Poster } from './document-job.ts'
import { done } from './document-thread.ts'

/** Print-ready: A4, A5, or a sticker of 100 × 100 mm. The same bytes for the same venue. @throws where it could not be drawn */
export async function posterPdf(poster: Poster): Promise<Buffer> {
  return Buffer.from(await done('poster', poster))
}
