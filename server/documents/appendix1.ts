import { done } from './document-thread.ts'

/** The fields of the order's Appendix 1, as they are printed. */
export interface Appendix1 {
  /** with its legal form */
  readonly organisation: string
  readonly head: { readonly position: string; readonly name: string }
  readonly address: string
  readonly ogrn: string
  readonly inn: string
  readonly email: string
  /** the employee authorised for joining */
  readonly contact: { readonly position: string; readonly name: string; readonly phone: string }
  /** of the application in this system; small, at the foot */
  readonly reference?: string
}

/**
 * The application with the order's own words, filled in, with places for signature and seal. A value that is longer
 * than its line goes on on further lines, and the whole on a further page.
 * @throws where it could not be drawn
 */
export async function appendix1Pdf(application: Appendix1): Promise<Buffer> {
  return Buffer.from(await done('appendix1', application))
}
