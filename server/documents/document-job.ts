import type { Appendix1 } from './appendix1.ts'
import type { Poster } from './poster.ts'
import type { PackedSheet, PackedTable } from './tables/table.ts'

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
