import { z } from 'zod'

/** One line as people write it: no control characters and no halves of characters, which a database does not take either. */
export const plainText = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds a character that is none')
