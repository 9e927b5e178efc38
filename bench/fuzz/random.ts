/** The same numbers for the same seed, on every machine. */
export interface Random {
  /** 0 … 2^32 − 1 */
  next(): number
  /** 0 … below − 1 */
  below(below: number): number
  /** `undefined` never, where the list has a member. @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T
  bytes(length: number): Uint8Array
  /** True once in so many times. */
  once(inSoMany: number): boolean
}

/** Mulberry32 (public domain, Tommy Ettinger): 32 bits of state, which one case never exhausts. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => next() % Math.max(1, limit)
  return {
    next,
    below,
    pick: (list) => {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
    once: (inSoMany) => below(inSoMany) === 0,
  }
}

/** The same numbers, but what happens once in so many times happens `factor` times more seldom. */
export const calmed = (random: Random, factor: number): Random => ({
  ...random,
  once: (inSoMany) => random.once(inSoMany * factor),
})

/** A case is found again by the run's seed and its own number alone. */
export const randomOfCase = (seed: number, index: number): Random =>
  randomOf(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35))
