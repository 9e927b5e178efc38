/** The last few answers; the same asked for twice at once is looked up once. Nothing found, or a failure, is not kept. */
export function remembered<Numbers extends readonly number[], Value>(
  capacity: number,
  look: (...numbers: Numbers) => Promise<Value | undefined>,
): (...numbers: Numbers) => Promise<Value | undefined> {
  const known = new Map<string, Promise<Value | undefined>>()
  return (...numbers) => {
    const key = numbers.join('/')
    const found = known.get(key) ?? look(...numbers)
    known.delete(key)
    known.set(key, found)
    const forget = (): void => {
      if (known.get(key) === found) known.delete(key)
    }
    found.then((value) => {
      if (value === undefined) forget()
    }, forget)
    for (const oldest of known.keys()) {
      if (known.size <= capacity) break
      known.delete(oldest)
    }
    return found
  }
}
