import { expect, test } from 'vitest'
import type { ReaderSignal } from '../ports.ts'
import { createHidReader } from './hid.ts'

test('what the window reports becomes signals; what is no report is noted and dropped; a dead window has no scanner', () => {
  let report: (report: unknown) => void = () => undefined
  let crash: () => void = () => undefined
  const troubles: string[] = []
  const reader = createHidReader(
    (onReport, onGone) => {
      report = onReport
      crash = onGone
    },
    (what) => void troubles.push(what),
  )
  report({ kind: 'live', live: true, name: 'Xenon' })
  const signals: ReaderSignal[] = []
  reader.start((signal) => signals.push(signal))
  report({ kind: 'scan', text: 'QP1:X', name: 'Xenon' })
  report({ kind: 'garbage', length: 3, name: 'Xenon' })
  report({ kind: 'trouble', what: 'not-opened' })
  for (const text of [undefined, '', 'x'.repeat(5000)]) report({ kind: 'scan', text, name: 'Xenon' })
  for (const odd of [undefined, 'QP1:X', { kind: 'scan', text: 'QP1:X' }]) report(odd)
  crash()
  reader.stop()
  report({ kind: 'scan', text: 'QP1:LATE', name: 'Xenon' })
  expect(troubles).toEqual(['not-opened', ...Array.from({ length: 6 }, () => 'strange-report')])
  expect(signals).toEqual([
    { kind: 'live', live: true, name: 'Xenon' },
    { kind: 'scan', text: 'QP1:X', name: 'Xenon' },
    { kind: 'garbage', length: 3, name: 'Xenon' },
    { kind: 'live', live: false, name: 'Xenon' },
  ])
})
