import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { CameraChoice } from '../../preload/kiosk-api.ts'
import type { ReaderSignal } from '../ports.ts'
import { createCameraReader, type CameraReader } from './camera.ts'

let choices: CameraChoice[]
let signals: ReaderSignal[]
let troubles: string[]
let say: (report: unknown) => void
let crash: () => void
let reader: CameraReader

beforeEach(() => {
  choices = []
  signals = []
  troubles = []
  const line = {
    choose: (choice: CameraChoice) => void choices.push(choice),
    listen: (onReport: (report: unknown) => void, onGone: () => void) => {
      say = onReport
      crash = onGone
    },
  }
  reader = createCameraReader(line, { kind: 'any' }, (what) => void troubles.push(what))
})

const start = (): void => reader.start((signal) => void signals.push(signal))

test('the camera is on from start to stop only, and changes with the choice', () => {
  reader.choose({ kind: 'chosen', deviceId: 'a', label: 'A' })
  expect(choices).toEqual([])
  start()
  reader.choose({ kind: 'any' })
  reader.stop()
  reader.choose({ kind: 'any' })
  expect(choices.map(({ kind }) => kind)).toEqual(['chosen', 'any', 'off'])
})

describe('what the window reports', () => {
  beforeEach(start)

  test('becomes signals of a reader', () => {
    say({ kind: 'live', live: true, name: 'Camera A' })
    say({ kind: 'scan', text: 'QP1:X' })
    say({ kind: 'foreign', length: 30, code: 'web-address' })
    say({ kind: 'trouble', what: 'frozen' })
    expect(signals).toEqual([
      { kind: 'live', live: true, name: 'Camera A' },
      { kind: 'scan', text: 'QP1:X' },
      { kind: 'garbage', length: 30, foreign: 'web-address' },
    ])
    expect(troubles).toEqual(['frozen'])
  })

  test('after its process died is that the camera is gone, once', () => {
    crash()
    say({ kind: 'live', live: true, name: 'Camera A' })
    crash()
    crash()
    expect(signals).toEqual([
      { kind: 'live', live: true, name: 'Camera A' },
      { kind: 'live', live: false, name: 'Camera A' },
    ])
  })

  test.each([
    [{ kind: 'scan', text: '' }],
    [{ kind: 'scan', text: 'Q'.repeat(7090) }],
    [{ kind: 'scan' }],
    [{ kind: 'scan', text: 'QP1:X', more: 1 }],
    [{ kind: 'foreign', length: -1, code: 'other' }],
    [{ kind: 'trouble', what: 'made up' }],
    [{ kind: 'live', live: true, name: 'x'.repeat(201) }],
    [null],
  ])('is dropped where it is not one: %j', (report) => {
    say(report)
    expect(signals).toEqual([])
    expect(troubles).toEqual(['strange-report'])
  })

  test('may be anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), (report) => {
        expect(() => say(report)).not.toThrow()
      }),
      { seed: 11 },
    )
    expect(signals).toEqual([])
  })
})
