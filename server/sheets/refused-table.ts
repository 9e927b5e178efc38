import type { Refusal } from './cells.ts'

/** A file that is refused, thrown by what reads it. */
export class RefusedTable extends Error {
  override readonly name = 'RefusedTable'
  readonly why: Refusal
  readonly row: number | undefined
  constructor(why: Refusal, row?: number) {
    super(why)
    this.why = why
    this.row = row
  }
}
