import { z } from 'zod'
import { plainText } from '../plain-text.ts'

/** Largest page of a table. */
const LARGEST = 200

/**
 * The query of a table that sorts, filters and pages on the server: `?page=2&size=50&sort=-submittedAt&search=кафе`
 * (`-`: descending). Add the table's own filters with `.extend`.
 */
export const tableQuery = (columns: readonly string[]) =>
  z.strictObject({
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    size: z.coerce.number().int().min(1).max(LARGEST).default(50),
    sort: z.enum(columns.flatMap((column) => [column, `-${column}`])).optional(),
    search: plainText(200).optional(),
  })

/** A page of rows, and how many there are on all. */
export const tablePage = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row).readonly(), total: z.int().nonnegative() })
