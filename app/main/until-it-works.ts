/** Long enough that a log does not fill with it, short enough that nobody waits once it can work. */
const PAUSE_MS = 5000

/** Tries again, with pauses, until it succeeds: what hinders it (a full disk, a folder not mounted yet) may pass by itself. */
export async function untilItWorks<T>(work: () => Promise<T>, onFailure: (error: unknown) => void): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      onFailure(error)
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
