import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { playCamera, type PlayedCamera } from './testing/played-camera.ts'

let world: PlayedCamera
beforeEach(() => {
  vi.useFakeTimers()
  world = playCamera()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the worker', () => {
  test('that answers nothing for two seconds is replaced, on the same camera', async () => {
    await world.working()
    const [hung] = world.workers
    if (hung) hung.awake = false
    await world.pass(3200)
    expect(hung?.terminated).toBe(true)
    expect(world.workers).toHaveLength(2)
    expect(world.troubles()).toEqual(['worker-hung'])
    expect([world.state.opened, world.state.feeds]).toEqual([1, 2])
    await world.pass(10_000)
    expect(world.workers).toHaveLength(2)
  })

  test('whose decoder breaks is replaced, and what it still says is not heard', async () => {
    await world.working()
    const [broken] = world.workers
    broken?.say({ kind: 'broken', because: 'memory access out of bounds' })
    broken?.say({ kind: 'read', text: 'QP1:LATE' })
    expect(world.workers).toHaveLength(2)
    expect(world.reports.filter(({ kind }) => kind === 'scan')).toEqual([])
  })

  test('that cannot be started is tried less and less often, while the camera is said to be gone', async () => {
    world.state.workersDie = true
    await world.working()
    expect(world.workers).toHaveLength(2)
    expect(world.live()).toEqual([{ kind: 'live', live: false, name: 'Camera A' }])
    await world.pass(60_000)
    expect(world.workers.length).toBeGreaterThan(5)
    expect(world.workers.length).toBeLessThan(13)
    expect(world.openTracks()).toEqual([])
    world.state.workersDie = false
    await world.pass(11_000)
    expect(world.live().at(-1)).toEqual({ kind: 'live', live: true, name: 'Camera A' })
  })

  test('that breaks after its first picture each time is started less and less often too', async () => {
    await world.working()
    for (let at = 0; at < 300; at++) {
      await world.pass(200)
      world.workers.at(-1)?.say({ kind: 'broken', because: 'memory access out of bounds' })
    }
    expect(world.workers.length).toBeLessThan(15)
    expect(world.live().filter((report) => report.kind === 'live' && !report.live).length).toBeGreaterThan(3)
  })

  test('that read well for a while is replaced at once, however often one was before', async () => {
    await world.working()
    for (let time = 0; time < 5; time++) {
      world.workers.at(-1)?.say({ kind: 'broken', because: 'memory access out of bounds' })
      await world.pass(11_000)
    }
    expect([world.state.opened, world.workers.length]).toEqual([1, 6])
    expect(world.live()).toEqual([{ kind: 'live', live: true, name: 'Camera A' }])
  })

  test('is not blamed for a pause of the window itself', async () => {
    await world.working()
    // the window's thread stands still: no timer runs, nothing is read
    vi.setSystemTime(Date.now() + 20_000)
    await world.pass(1500)
    expect(world.workers).toHaveLength(1)
    expect(world.troubles()).toEqual([])
  })

  test('that reads with the slower decoder says so', async () => {
    await world.working()
    world.workers[0]?.say({ kind: 'started', decoder: 'zxing-library', insteadBecause: 'no WebAssembly' })
    expect(world.troubles()).toEqual(['slow-decoder'])
  })
})
