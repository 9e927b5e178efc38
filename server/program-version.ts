import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Of server and kiosk, which are released together. */
export const programVersion = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))).version
