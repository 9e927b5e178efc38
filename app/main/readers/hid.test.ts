import { expect, test } from 'vitest'
import type { ReaderSignal } from '../ports.ts'
import { createHidReader } from './hid.ts'

test('what the window reports becomes signals; what is no report is noted and dropped; a dead window has no scanner', () => {
  let report: (report: unknown) => void = () => undefined
  let crash: () => void = () => undefined
  let strange = 0
  const reader = createHidReader(
    (onReport, onGone) => {
      report = onReport
      crash = onGone
    },
    () => (strange += 1),
  )
  report({ kind: 'live', live: true, name: 'Xenon' })
  const signals: ReaderSignal[] = []
  reader.start((signal) => signals.push(signal))
  report({ kind: 'scan', text: 'QP1:X' })
  report({ kind: 'garbage', length: 3 })
  for (const odd of [undefined, 'QP1:X', { kind: 'scan', text: '' }, { kind: 'scan', text: 'x'.repeat(5000) }])
    report(odd)
  crash()
  reader.stop()
  report({ kind: 'scan', text: 'QP1:LATE' })
  expect(strange).toBe(4)
  expect(signals).toEqual([
    { kind: 'live', live: true, name: 'Xenon' },
    { kind: 'scan', text: 'QP1:X' },
    { kind: 'garbage', length: 3 },
    { kind: 'live', live: false, name: 'Xenon' },
  ])
})
