import { vi } from 'vitest'

/** Waits for what the kiosk does in its own time: it pauses for up to a second where it asks again, and a slow machine for more. */
export const eventually = (holds: () => unknown): Promise<unknown> => vi.waitFor(holds, { timeout: 15_000 })
