/** Who leaves set-up open has left it: after how long, and what is a sign that somebody is there. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SetupRequest } from '../../preload/setup-api.ts'
import type { Reader } from '../ports.ts'
import { DEFAULT_SETUP } from './setup-file.ts'
import { hashPin } from './pin.ts'
import { createSetup, type Setup, type SetupParts } from './setup.ts'
import { SetupRequestSchema } from './setup-request.ts'

const MINUTE = 60_000

let setup: Setup
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  setup.stop()
  vi.useRealTimers()
})

async function open(parts: Partial<SetupParts> = {}): Promise<void> {
  setup = createSetup({
    firstRun: false,
    current: () => DEFAULT_SETUP,
    write: async () => undefined,
    apply: () => undefined,
    tryPorts: () => undefined,
    tryCamera: () => undefined,
    language: () => 'ru',
    fixedMode: () => undefined,
    listPorts: async () => [],
    wedge: { stepAside: () => undefined, lastFrame: () => undefined },
    device: {
      standing: () => ({ kind: 'working', venue: 'v', accessPoint: 'a' }),
      enrol: () => undefined,
      confirmRoot: () => undefined,
    },
    onReader: () => undefined,
    tell: () => undefined,
    onError: () => undefined,
    now: () => Date.now(),
    ...parts,
  })
  setup.start()
  await setup.ask({ kind: 'open' })
}
const pass = (minutes: number): Promise<unknown> => vi.advanceTimersByTimeAsync(minutes * MINUTE)

test('five minutes without a sign of life, and it is left; a first run stays', async () => {
  await open()
  await pass(4.9)
  expect(setup.isOpen()).toBe(true)
  await pass(0.2)
  expect(setup.isShown()).toBe(false)
  setup.stop()
  await open({ firstRun: true })
  await pass(120)
  expect(setup.isOpen()).toBe(true)
})

test('a touch or a key, a choice and a code that is read are signs of life', async () => {
  const signs: readonly (() => unknown)[] = [
    () => setup.ask({ kind: 'alive' }),
    () => setup.ask({ kind: 'ports', ports: [] }),
    () => setup.hear({ kind: 'serial' } as Reader, { kind: 'garbage', length: 3 }),
  ]
  for (const sign of signs) {
    await open()
    for (let time = 0; time < 5; time++) {
      await pass(4)
      await sign()
    }
    expect(setup.isOpen()).toBe(true)
    await pass(5.1)
    expect(setup.isOpen()).toBe(false)
  }
})

test('while a scanner is set right it is left after twenty minutes only, and after five again at the next step', async () => {
  await open()
  await setup.ask({ kind: 'listen', as: 'calibrating' })
  await pass(19.9)
  expect(setup.isOpen()).toBe(true)
  await setup.ask({ kind: 'listen', as: 'typing' })
  await pass(5.1)
  expect(setup.isOpen()).toBe(false)
  await open()
  await setup.ask({ kind: 'listen', as: 'calibrating' })
  await pass(20.1)
  expect(setup.isOpen()).toBe(false)
})

test('the question for the PIN goes after twenty seconds all the same, whatever was done before', async () => {
  const pin = await hashPin('2468')
  await open({ current: () => ({ ...DEFAULT_SETUP, pin }) })
  await pass(0.4)
  expect(setup.isShown()).toBe(false)
})

test('the window may tell of life, and nothing with it', () => {
  expect(SetupRequestSchema.parse({ kind: 'alive' } satisfies SetupRequest)).toEqual({ kind: 'alive' })
  expect(SetupRequestSchema.safeParse({ kind: 'alive', who: 'Анна' }).success).toBe(false)
})
