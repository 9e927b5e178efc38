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

describe('a camera', () => {
  test('is opened, told live by its name, and its codes are told on', async () => {
    await world.working()
    expect(world.live()).toEqual([{ kind: 'live', live: true, name: 'Camera A' }])
    world.workers[0]?.say({ kind: 'read', text: 'QP1:X' })
    world.workers[0]?.say({ kind: 'foreign', length: 12, code: 'other' })
    expect(world.reports.slice(-2)).toEqual([
      { kind: 'scan', text: 'QP1:X' },
      { kind: 'foreign', length: 12, code: 'other' },
    ])
  })

  test('tells a code that is held once more when the first time was in vain', async () => {
    world.camera.tellAfresh()
    await world.working()
    expect(world.workers[0]?.heard).not.toContainEqual({ kind: 'afresh' })
    world.camera.tellAfresh()
    expect(world.workers[0]?.heard).toContainEqual({ kind: 'afresh' })
  })

  test('what it sees of codes is shown, until it is closed', async () => {
    await world.working()
    const corner = { x: 1, y: 2 }
    const outline = { corners: [corner, corner, corner, corner], ours: true, width: 1280, height: 720 } as const
    world.workers[0]?.say({ kind: 'looked', outline })
    expect(world.sights.at(-1)).toEqual({ outline })
    world.workers[0]?.say({ kind: 'looked', needsHelp: true })
    expect(world.sights.at(-1)).toEqual({ needsHelp: true })
    world.camera.choose({ kind: 'off' })
    expect(world.sights.at(-1)).toEqual({})
  })

  test('is not missed where there never was one, and found when it is plugged in', async () => {
    world.camera.choose({ kind: 'any' })
    await world.pass(30_000)
    expect(world.reports).toEqual([])
    world.plug('a', 'Camera A')
    await world.pass(200)
    expect(world.live()).toEqual([{ kind: 'live', live: true, name: 'Camera A' }])
  })

  test('that was there before a restart is missed by its name; one that is switched off is not', async () => {
    world.kept.set('camera', JSON.stringify({ deviceId: 'a', label: 'Camera A' }))
    world.camera.choose({ kind: 'off' })
    world.camera.choose({ kind: 'any' })
    await world.pass(500)
    expect(world.live()).toEqual([{ kind: 'live', live: false, name: 'Camera A' }])
    world.plug('a', 'Camera A')
    await world.pass(200)
    expect(world.live().at(-1)).toEqual({ kind: 'live', live: true, name: 'Camera A' })

    world = playCamera()
    world.kept.set('camera', JSON.stringify({ deviceId: 'a', label: 'Camera A' }))
    world.camera.choose({ kind: 'any' })
    world.camera.choose({ kind: 'off' })
    await world.pass(500)
    expect(world.reports).toEqual([])
  })

  test('that was chosen is missed from the start, and no other is opened for it', async () => {
    world.devices.set('b', 'Camera B')
    world.camera.choose({ kind: 'chosen', deviceId: 'a', label: 'Camera A' })
    await world.pass(5000)
    expect(world.live()).toEqual([{ kind: 'live', live: false, name: 'Camera A' }])
    expect(world.state.opened).toBe(0)
  })

  test('unplugged and plugged in again is read on', async () => {
    await world.working()
    world.unplug('a')
    await world.pass(3000)
    expect(world.streams.at(-1)).toBeUndefined()
    world.plug('a', 'Camera A')
    await world.pass(1000)
    expect(world.live().map((report) => report.kind === 'live' && report.live)).toEqual([true, false, true])
    expect(world.troubles()).toEqual(['lost'])
    expect(world.openTracks()).toEqual(['a'])
  })

  test('that is frozen is opened anew after three seconds', async () => {
    await world.working()
    world.state.framesFlow = false
    await world.pass(3000)
    expect(world.state.opened).toBe(1)
    await world.pass(1500)
    expect(world.troubles()).toEqual(['frozen'])
    world.state.framesFlow = true
    await world.pass(2000)
    expect(world.state.opened).toBe(2)
    expect(world.openTracks()).toEqual(['a'])
    expect(world.live().at(-1)).toMatchObject({ live: true })
  })

  test('that stays away is asked for less and less often, ten seconds apart in the end', async () => {
    world.state.refuse = new DOMException('busy', 'NotReadableError')
    world.devices.set('a', 'Camera A')
    world.camera.choose({ kind: 'any' })
    await world.pass(60_000)
    expect(world.state.opened).toBeGreaterThan(5)
    expect(world.state.opened).toBeLessThan(13)
    world.state.refuse = undefined
    await world.pass(11_000)
    expect(world.live()).toMatchObject([{ live: true }])
  })

  test('that may not be used is said to be refused', async () => {
    world.state.refuse = new DOMException('no', 'NotAllowedError')
    await world.working()
    expect(world.troubles()[0]).toBe('refused')
  })

  test('is let go when another is chosen, and when none is', async () => {
    world.devices.set('b', 'Camera B')
    await world.working()
    world.camera.choose({ kind: 'chosen', deviceId: 'b', label: 'Camera B' })
    await world.pass(200)
    expect(world.openTracks()).toEqual(['b'])
    world.camera.choose({ kind: 'off' })
    await world.pass(200)
    expect(world.openTracks()).toEqual([])
    expect(world.workers.every(({ terminated }) => terminated)).toBe(true)
    // it is not missed
    expect(world.live().at(-1)).toMatchObject({ live: true, name: 'Camera B' })
  })

  test('of last time is taken again after a restart of the page', async () => {
    world.devices.set('b', 'Camera B')
    world.camera.choose({ kind: 'chosen', deviceId: 'b', label: 'Camera B' })
    await world.pass(200)
    world.devices.delete('b')
    world.plug('a', 'Camera A')
    world.devices.set('b', 'Camera B')
    world.camera.choose({ kind: 'any' })
    await world.pass(200)
    expect(world.openTracks()).toEqual(['b'])
  })

  test.each(['busy', 'dark'] as const)(
    'that is %s gives way to another, also when it is the one of last time',
    async (how) => {
      for (const remembered of [false, true]) {
        world = playCamera()
        if (remembered) world.kept.set('camera', JSON.stringify({ deviceId: 'a', label: 'Camera A' }))
        world.devices.set('b', 'Camera B')
        world.state[how].add('a')
        await world.working()
        await world.pass(10_000)
        expect(world.openTracks()).toEqual(['b'])
        expect(world.live().at(-1)).toEqual({ kind: 'live', live: true, name: 'Camera B' })
        // it stays, though the other would work now
        world.state[how].clear()
        await world.pass(30_000)
        expect(world.openTracks()).toEqual(['b'])
      }
    },
  )

  test('that is free again after none could be opened is taken, whichever it is', async () => {
    for (const free of ['a', 'b']) {
      world = playCamera()
      world.devices.set('b', 'Camera B')
      for (const name of ['a', 'b']) world.state.busy.add(name)
      await world.working()
      await world.pass(60_000)
      expect(world.state.opened).toBeLessThan(13)
      world.state.busy.delete(free)
      await world.pass(21_000)
      expect(world.openTracks()).toEqual([free])
    }
  })

  test('that has worked is opened anew after a hiccup, and left only when it cannot be', async () => {
    world.devices.set('b', 'Camera B')
    world.camera.choose({ kind: 'any' })
    await world.pass(200)
    world.plug('a', 'Camera A')
    world.state.framesFlow = false
    await world.pass(3700)
    world.state.framesFlow = true
    await world.pass(1500)
    expect(world.openTracks()).toEqual(['b'])
    world.state.busy.add('b')
    world.state.framesFlow = false
    await world.pass(3700)
    world.state.framesFlow = true
    await world.pass(5000)
    expect(world.openTracks()).toEqual(['a'])
  })

  test('that was chosen is not left for another when it is busy', async () => {
    world.devices.set('b', 'Camera B')
    world.devices.set('a', 'Camera A')
    world.state.busy.add('a')
    world.camera.choose({ kind: 'chosen', deviceId: 'a', label: 'Camera A' })
    await world.pass(30_000)
    expect(world.openTracks()).toEqual([])
    expect(world.state.opened).toBeGreaterThan(3)
  })

  test('that never began has its worker replaced too: it may be what does not read', async () => {
    world.state.framesFlow = false
    await world.working()
    await world.pass(9500)
    expect(world.troubles()).toEqual(['frozen'])
    expect(world.workers.map(({ terminated }) => terminated)).toEqual([true, false])
  })

  test('choices that follow one another at once leave one camera open', async () => {
    for (const name of ['a', 'b', 'c']) world.devices.set(name, name)
    for (const deviceId of ['a', 'b', 'c', 'a', 'c']) world.camera.choose({ kind: 'chosen', deviceId, label: deviceId })
    await world.pass(500)
    expect(world.openTracks()).toEqual(['c'])
  })
})
