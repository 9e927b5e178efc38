/** Time that jumps from one timer to the next: hours of 20,000 kiosks in seconds, with the code that kiosks run. */
export interface VirtualTime {
  now(): number
  sleep(ms: number): Promise<void>
  /** Until no timer is left. */
  run(): Promise<void>
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly wake: () => void
}

/** Takes the place of `setTimeout` and `clearTimeout` for the rest of the process. */
export function virtualTime(): VirtualTime {
  const heap: Timer[] = []
  const cleared = new Set<number>()
  let now = 0
  let order = 0

  const isBefore = (one: Timer, other: Timer): boolean =>
    one.at < other.at || (one.at === other.at && one.order < other.order)
  const push = (timer: Timer): void => {
    let at = heap.push(timer) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up]
      if (!parent || !isBefore(timer, parent)) break
      heap[at] = parent
      at = up
    }
    heap[at] = timer
  }
  const pop = (): Timer | undefined => {
    const [first] = heap
    const last = heap.pop()
    if (!last || heap.length === 0) return first
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const [one, other] = [heap[left], heap[left + 1]]
      const next = other && one && isBefore(other, one) ? left + 1 : left
      const child = heap[next]
      if (!child || !isBefore(child, last)) break
      heap[at] = child
      at = next
    }
    heap[at] = last
    return first
  }
  const start = (wake: () => void, ms = 0): number => {
    push({ at: now + Math.max(0, ms), order: ++order, wake })
    return order
  }
  globalThis.setTimeout = start as unknown as typeof setTimeout
  globalThis.clearTimeout = ((timer: number) => cleared.add(timer)) as unknown as typeof clearTimeout
  return {
    now: () => now,
    sleep: (ms) => new Promise((resolve) => start(resolve, ms)),
    async run() {
      for (let timer = pop(); timer; timer = pop()) {
        if (cleared.delete(timer.order)) continue
        now = timer.at
        timer.wake()
        // what it resolved goes on, and starts its own timers, before time does
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
