// @ts-check
/** Where things lie. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** the repository */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** what set-up makes outside node_modules, where `npm ci` would wipe it; may be deleted at any time */
export const runtime = resolve(root, '.runtime')

/** all that the running system keeps */
export const dataFolder = () => resolve(process.env.DOPUSK_DATA || resolve(root, 'data'))
