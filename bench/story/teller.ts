/** Steps of a story, told as they happen. What follows a step that fails is not told: it would stand on nothing. */
export interface Teller {
  step<T>(who: string, what: string, act: () => Promise<T>): Promise<T>
  readonly steps: number
  readonly failed: number
}

export class StepFailed extends Error {
  override readonly name = 'StepFailed'
}

export function teller(print: (line: string) => void): Teller {
  let steps = 0
  let failed = 0
  return {
    async step(who, what, act) {
      const number = String(++steps).padStart(2)
      const began = performance.now()
      try {
        const result = await act()
        print(`${number}  ✓  ${who}: ${what}  (${Math.round(performance.now() - began)} ms)`)
        return result
      } catch (thrown) {
        failed++
        print(`${number}  ✗  ${who}: ${what}\n        ${thrown instanceof Error ? thrown.message : String(thrown)}`)
        throw new StepFailed(what, { cause: thrown })
      }
    },
    get steps() {
      return steps
    },
    get failed() {
      return failed
    },
  }
}

/** @throws {Error} saying what was expected */
export function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`expected: ${what}`)
}
