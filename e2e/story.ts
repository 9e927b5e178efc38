/**
 * A story is one test, however many steps it has: each stands on the one before, so what is tried again is told from its
 * beginning. The step at which it went wrong is named in the error.
 */
export async function tell(steps: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  for (const [step, happens] of Object.entries(steps)) {
    try {
      await happens()
    } catch (error) {
      throw new Error(`It went wrong at: ${step}`, { cause: error })
    }
  }
}
