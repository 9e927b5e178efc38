import { z } from 'zod'

/** One line as people write it: no control characters and no halves of characters, which a database does not take either. */
export const plainText = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'hidden-characters')

/** Text as far as it is typed, lines and tabs and all; only what the database does not take is refused. */
export const rawText = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\0\p{Cs}]*$/u, 'hidden-characters')
