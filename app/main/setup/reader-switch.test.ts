import { expect, test } from 'vitest'
import type { Reader, ReaderSignal } from '../ports.ts'
import { handReader } from '../testing/fakes.ts'
import { replaceable, switched } from './reader-switch.ts'

test('readers are set-up’s while it is open, and the kiosk’s otherwise; that one comes or goes everybody hears', () => {
  const hand = handReader()
  const heard: string[] = []
  let isOpen = false
  const set = {
    isOpen: () => isOpen,
    hear: (_: Reader, { kind }: ReaderSignal) => heard.push(`set-up ${kind}`),
    giveWay: () => heard.push('give way'),
  }
  const reader = switched(hand, set, () => '')
  reader.start(({ kind }) => heard.push(`kiosk ${kind}`))
  const signals: readonly ReaderSignal[] = [
    { kind: 'scan', text: 'X' },
    { kind: 'live', live: true, name: 'n' },
  ]
  for (const signal of signals) hand.send(signal)
  isOpen = true
  for (const signal of signals) hand.send(signal)
  expect(heard).toEqual(['give way', 'kiosk scan', 'kiosk live', 'set-up scan', 'kiosk live'])
})

test('one that is replaced is heard no more, the next one where it was', () => {
  const [first, second] = [handReader(), handReader()]
  const heard: ReaderSignal[] = []
  const reader = replaceable(first)
  reader.start((signal) => heard.push(signal))
  reader.replace(second)
  first.send({ kind: 'scan', text: 'old' })
  second.send({ kind: 'scan', text: 'new' })
  reader.stop()
  second.send({ kind: 'scan', text: 'late' })
  expect(heard).toEqual([{ kind: 'scan', text: 'new' }])
})
