import { PAGE_ORIGIN } from './app-protocol.ts'

/** One question Chromium asks before a page gets at the world. */
export interface PermissionQuestion {
  readonly permission: string
  /** address of the page that asks, or its origin */
  readonly url: string
  readonly isMainFrame: boolean
  /** for `media`: what it wants to see or hear; none when it only lists devices */
  readonly media: readonly string[]
}

/** Our own page may see through the camera. Nobody may hear, and nobody may do anything else. */
export function isGranted({ permission, url, isMainFrame, media }: PermissionQuestion): boolean {
  return (
    permission === 'media' &&
    isMainFrame &&
    `${url.replace(/\/+$/, '')}/`.startsWith(`${PAGE_ORIGIN}/`) &&
    media.every((kind) => kind === 'video')
  )
}
