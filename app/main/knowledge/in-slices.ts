/** A check at the door must not wait longer than a frame of the screen; a slice leaves plenty. */
const SLICE_MS = 2

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Runs long work a few milliseconds at a time, letting everything else run between. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  let until = performance.now() + SLICE_MS
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    if (performance.now() < until) continue
    await breathe()
    until = performance.now() + SLICE_MS
  }
}
