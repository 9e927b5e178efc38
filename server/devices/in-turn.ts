/** @param atOnce tasks that run at a time; the others wait, and begin in the order in which they came */
export function inTurn(atOnce: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = atOnce
  const waiting: (() => void)[] = []
  return async (task) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await task()
    } finally {
      // the place is handed on, so that nobody who comes now takes it first
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
