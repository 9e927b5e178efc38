import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Outline } from './worker-messages.ts'

/** What the camera sees now, for whoever shows it. */
export interface CameraPicture {
  readonly stream: MediaStream | undefined
  /** changes with every picture: painted without React */
  readonly outline: Outline | undefined
  /** somebody holds up a code that cannot be read */
  readonly needsHelp: boolean
}

export const cameraPicture: StoreApi<CameraPicture> = createStore(() => ({
  stream: undefined,
  outline: undefined,
  needsHelp: false,
}))
