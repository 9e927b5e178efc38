import type { PosterSize } from '../../contract/office/venue.ts'
import type { PackedSheet, PackedTable } from '../sheets/cells.ts'

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

/** What hangs at the door. */
export interface Poster {
  readonly venueName: string
  readonly address: string
  /** what the QR code says */
  readonly url: string
  readonly size: PosterSize
}

/** What crosses to the thread that makes and reads documents, and what comes back. */
export interface Jobs {
  readonly poster: { readonly given: Poster; readonly made: Uint8Array }
  readonly appendix1: { readonly given: Appendix1; readonly made: Uint8Array }
  readonly xlsx: { readonly given: PackedSheet; readonly made: Uint8Array }
  readonly csv: { readonly given: PackedSheet; readonly made: Uint8Array }
  readonly 'read-table': { readonly given: Uint8Array; readonly made: PackedTable }
}
export type JobKind = keyof Jobs
export interface ToWorker {
  readonly kind: JobKind
  readonly given: Jobs[JobKind]['given']
}
export interface FromWorker {
  /** absent: it could not be done */
  readonly made?: Jobs[JobKind]['made']
}
