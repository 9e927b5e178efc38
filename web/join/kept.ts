import { ApplicationDraft } from '../../contract/join/application-form.ts'

const KEPT = 'dopusk-application'

/** What this device knows of its application: its secret, and what is typed and not yet with the server. */
export interface Kept {
  readonly secret: string
  /** absent: the server has all of it */
  readonly unsaved?: ApplicationDraft
}

export const EMPTY: ApplicationDraft = ApplicationDraft.parse({ venues: [{}] })

/** 128 random bits, base64url. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

export function kept(): Kept | undefined {
  try {
    const { secret, unsaved } = JSON.parse(localStorage.getItem(KEPT) ?? '') as Record<string, unknown>
    if (typeof secret !== 'string') return undefined
    const draft = ApplicationDraft.safeParse(unsaved)
    return { secret, ...(draft.success && { unsaved: draft.data }) }
  } catch {
    // nothing there, or storage is closed to us
    return undefined
  }
}

export function keep(what: Kept | undefined): void {
  try {
    if (what) localStorage.setItem(KEPT, JSON.stringify(what))
    else localStorage.removeItem(KEPT)
  } catch {
    // storage is full or closed: the server keeps the application all the same
  }
}
