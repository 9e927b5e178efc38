import { setImmediate } from 'node:timers/promises'

/** Long work on the thread that answers scans is done in slices of so much, and scans are answered between them. */
const SLICE_MS = 5

/** `all.map(work)`, with breaks. */
export async function inSlices<T, R>(all: readonly T[], work: (one: T) => R): Promise<R[]> {
  const results: R[] = []
  let until = performance.now() + SLICE_MS
  for (const one of all) {
    results.push(work(one))
    if (performance.now() < until) continue
    await setImmediate()
    until = performance.now() + SLICE_MS
  }
  return results
}
