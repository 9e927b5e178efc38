/** One question Chromium asks before a page gets at the world. */
export interface PermissionQuestion {
  readonly permission: string
  /** address of the page that asks, or its origin */
  readonly url: string
  readonly isMainFrame: boolean
  /** for `media`: what it wants to see or hear; none when it only lists devices */
  readonly media: readonly string[]
}

/** The page of this origin may see through the camera. Nobody may hear, and nobody may do anything else. */
export function isGranted({ permission, url, isMainFrame, media }: PermissionQuestion, origin: string): boolean {
  return (
    permission === 'media' &&
    isMainFrame &&
    `${url.replace(/\/+$/, '')}/`.startsWith(`${origin}/`) &&
    media.every((kind) => kind === 'video')
  )
}
