import { z } from 'zod'

/** An `int` of PostgreSQL holds no more. */
const LARGEST = 2_147_483_647

/** Of a row. */
export const Id = z.int().positive().max(LARGEST)
/** The same in a path or a query, where all is text. */
export const IdText = z.coerce.number().int().positive().max(LARGEST)
export const IdParam = z.strictObject({ id: IdText })
