import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ReaderSignal } from '../ports.ts'
import { pressesFor } from './testing/typing.ts'
import type { KeyInput } from './key-input.ts'
import { createWedge, type Wedge } from './wedge.ts'
import { LONGEST_FRAME } from './wedge-decoder.ts'

const PLAIN = { shift: false, control: false, alt: false, meta: false, isAutoRepeat: false }

/** Time that passes only when told to; timers fire in their order, late ones all at once when time jumps. */
class TestTime {
  now = 0
  #timers: { due: number; callback: () => void }[] = []

  readonly start = (callback: () => void, ms: number): (() => void) => {
    const timer = { due: this.now + ms, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  pass(ms: number): void {
    const end = this.now + ms
    for (;;) {
      const next = this.#timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0]
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.now = Math.max(this.now, next.due)
      next.callback()
    }
    this.now = end
  }

  /** The process was busy: time went on, no timer fired. */
  block(ms: number): void {
    this.now += ms
  }
}

/** A window's keys: what gets through is what its page would see. */
class TestWindow extends EventEmitter {
  readonly page: string[] = []

  send(input: KeyInput): void {
    const event = new Event('before-input-event', { cancelable: true })
    this.emit('before-input-event', event, input)
    if (!event.defaultPrevented) this.page.push(`${input.type} ${input.code}`)
  }

  press(code: string, more: Partial<KeyInput> = {}): void {
    this.send({ ...PLAIN, type: 'keyDown', code, ...more })
    this.send({ ...PLAIN, type: 'keyUp', code, ...more })
  }
}

let time: TestTime
let window: TestWindow
let wedge: Wedge
let signals: ReaderSignal[]

beforeEach(() => {
  time = new TestTime()
  window = new TestWindow()
  wedge = createWedge(() => time.now, time.start)
  signals = []
})

function begin(): void {
  wedge.attach(window)
  wedge.start((signal) => signals.push(signal))
}

function type(text: string, ms: number): void {
  for (const { code, shift } of pressesFor(text)) {
    time.pass(ms)
    window.press(code, { shift })
  }
}

/** Keys that the page has seen go down. */
const downs = (): readonly string[] =>
  window.page.flatMap((key) => (key.startsWith('keyDown ') ? [key.slice('keyDown '.length)] : []))

const LIVE: ReaderSignal = { kind: 'live', live: true, name: 'keyboard' }

describe('the wedge reader', () => {
  it('hands on a scan, and its page sees no key of it, neither down nor up', () => {
    begin()
    type('QP1:ABC 123\r', 10)
    expect(signals).toEqual([LIVE, { kind: 'reading' }, { kind: 'scan', text: 'QP1:ABC 123' }])
    expect(window.page).toEqual([])
  })

  it('ends a code without suffix by silence', () => {
    begin()
    type('QP1:ABC', 80)
    time.pass(479)
    expect(signals).toEqual([LIVE, { kind: 'reading' }])
    time.pass(1)
    expect(signals).toEqual([LIVE, { kind: 'reading' }, { kind: 'scan', text: 'QP1:ABC' }])
  })

  it('does not cut a code in two because the process was busy', () => {
    begin()
    type('QP1:ABC', 10)
    time.block(700)
    time.pass(0)
    type('DEF\r', 10)
    expect(signals.at(-1)).toEqual({ kind: 'scan', text: 'QP1:ABCDEF' })
  })

  it('lets Enter and staff keys through, and a repeat of a key it kept back not', () => {
    begin()
    window.press('Enter')
    window.press('F1')
    window.send({ ...PLAIN, type: 'keyDown', code: 'KeyA' })
    window.send({ ...PLAIN, type: 'keyDown', code: 'KeyA', isAutoRepeat: true })
    window.send({ ...PLAIN, type: 'keyUp', code: 'KeyA' })
    expect(window.page).toEqual(['keyDown Enter', 'keyUp Enter', 'keyDown F1', 'keyUp F1'])
    expect(signals).toEqual([LIVE])
  })

  it('listens to the window attached last only, and drops what the other had begun', () => {
    begin()
    type('QP1:ABC', 10)
    const old = window
    window = new TestWindow()
    wedge.attach(window)
    type('QP1:DEF\r', 10)
    old.press('KeyA')
    expect(old.page).toEqual(['keyDown KeyA', 'keyUp KeyA'])
    expect(signals.filter((signal) => signal.kind === 'scan')).toEqual([{ kind: 'scan', text: 'QP1:DEF' }])
  })

  it('is deaf before start and after stop', () => {
    wedge.attach(window)
    type('QP1:ABC\r', 10)
    wedge.start((signal) => signals.push(signal))
    type('QP1:DEF', 10)
    wedge.stop()
    time.pass(1000)
    type('\r', 10)
    expect(signals).toEqual([LIVE, { kind: 'reading' }])
    expect(window.listenerCount('before-input-event')).toBe(0)
  })

  it('knows a scan by the prefix learnt at calibration, and says reading behind it', () => {
    wedge.expectPrefix('~#')
    begin()
    type('~#]Q1QP1:', 80)
    expect(signals).toEqual([LIVE, { kind: 'reading' }])
    type('ABC\r', 80)
    type('QP1:NONE\r', 10)
    expect(signals.filter(({ kind }) => kind === 'scan')).toEqual([
      { kind: 'scan', text: '~#]Q1QP1:ABC' },
      { kind: 'scan', text: 'QP1:NONE' },
    ])
    wedge.expectPrefix('')
    type('~#QP1:', 80)
    expect(signals.filter(({ kind }) => kind === 'reading')).toHaveLength(2)
  })

  it('leaves its keys to a person’s PIN too, hears a scan among them, and reads alone again after it', () => {
    begin()
    type('QP1:', 10)
    wedge.stepAside(true)
    type('1234\r', 150)
    expect(downs()).toEqual([...Array.from('1234', (digit) => `Digit${digit}`), 'Enter'])
    expect(signals.filter(({ kind }) => kind === 'scan')).toEqual([])
    type('QP1:ABC\r', 10)
    expect(signals.at(-1)).toEqual({ kind: 'scan', text: 'QP1:ABC' })
    wedge.stepAside(false)
    window.page.length = 0
    type('QP1:DEF\r', 10)
    expect(signals.at(-1)).toEqual({ kind: 'scan', text: 'QP1:DEF' })
    expect(window.page).toEqual([])
  })

  it('keeps every end of a scan from the page where a person types, and no character of it', () => {
    begin()
    wedge.stepAside(true)
    type('QP1:AB\r\n', 10)
    expect(downs()).toEqual(['KeyQ', 'KeyP', 'Digit1', 'Semicolon', 'KeyA', 'KeyB'])
    window.page.length = 0
    // without a suffix its rest may still come, and then an Enter is its own
    type('QP1:AB', 10)
    time.pass(300)
    type('\r', 10)
    expect(downs()).not.toContain('Enter')
    // too long to be a code
    type('9'.repeat(LONGEST_FRAME + 20), 10)
    type('\t', 10)
    expect(downs()).not.toContain('Tab')
    type('\r', 1500)
    expect(downs().at(-1)).toBe('Enter')
  })

  it('tells how the last code came', () => {
    begin()
    expect(wedge.lastFrame()).toBeUndefined()
    type('QP1:ABCDEF\r', 80)
    expect(wedge.lastFrame()).toEqual({ msPerCharacter: 80, byKey: true })
    type('QP1:ABCDEF', 10)
    time.pass(1000)
    expect(wedge.lastFrame()).toEqual({ msPerCharacter: 10, byKey: false })
  })
})
