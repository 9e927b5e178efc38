import type { Appendix1 } from './document-job.ts'
import { done } from './document-thread.ts'

/**
 * The application with the order's own words, filled in, with places for signature and seal. A value that is longer
 * than its line goes on on further lines, and the whole on a further page.
 * @throws where it could not be drawn
 */
export async function appendix1Pdf(application: Appendix1): Promise<Buffer> {
  return Buffer.from(await done('appendix1', application))
}
