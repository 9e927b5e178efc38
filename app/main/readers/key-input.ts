/** One key, before the page sees it: the part of Electron's `Input` that is read here. */
export interface KeyInput {
  readonly type: string
  readonly code: string
  readonly shift: boolean
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly isAutoRepeat: boolean
}
