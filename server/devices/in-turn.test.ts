import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

/** Lets everything go on that can. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('so many run at a time, the others begin in the order they came, also after a failure', async () => {
  const turn = inTurn(2)
  const begun: number[] = []
  const ends: ((failed: boolean) => void)[] = []
  const tasks = [0, 1, 2, 3, 4].map((n) =>
    turn(() => {
      begun.push(n)
      return new Promise<number>((resolve, reject) => {
        ends[n] = (failed) => (failed ? reject(new Error(`${n}`)) : resolve(n))
      })
    }),
  )
  await settle()
  expect(begun).toEqual([0, 1])
  ends[1]?.(true)
  await expect(tasks[1]).rejects.toThrow('1')
  expect(begun).toEqual([0, 1, 2])
  ends[0]?.(false)
  ends[2]?.(false)
  await settle()
  expect(begun).toEqual([0, 1, 2, 3, 4])
  // both places are taken: who comes now waits
  const late = turn(() => Promise.resolve(begun.push(5)))
  await settle()
  expect(begun).toHaveLength(5)
  ends[3]?.(false)
  ends[4]?.(false)
  await late
  expect(begun).toEqual([0, 1, 2, 3, 4, 5])
  expect(await Promise.all([tasks[0], tasks[2], tasks[3], tasks[4]])).toEqual([0, 2, 3, 4])
})
