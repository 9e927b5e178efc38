import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const NAMES = ['granted', 'denied', 'check', 'unreadable'] as const

interface Heard {
  readonly rate: number
  readonly samples: readonly number[]
}

function hear(name: string): Heard {
  const bytes = readFileSync(join(import.meta.dirname, `../resources/sounds/${name}.wav`))
  const samples: number[] = []
  for (let at = 44; at + 1 < bytes.length; at += 2) samples.push(bytes.readInt16LE(at))
  return { rate: bytes.readUInt32LE(24), samples }
}

/** How many separate bursts an ear hears: runs of 10 ms windows that are loud. */
function bursts({ rate, samples }: Heard): number {
  const size = rate / 100
  let count = 0
  let wasLoud = false
  for (let at = 0; at + size <= samples.length; at += size) {
    const loud = samples.slice(at, at + size).some((sample) => Math.abs(sample) > 3000)
    if (loud && !wasLoud) count++
    wasLoud = loud
  }
  return count
}

/** Hz of the first tone: the shortest shift at which the wave is like itself. */
function pitch({ rate, samples }: Heard): number {
  const start = Math.round(rate * 0.01)
  const part = samples.slice(start, start + Math.round(rate * 0.05))
  const likeness = (lag: number): number =>
    part.slice(lag).reduce((sum, sample, at) => sum + sample * (part[at] ?? 0), 0) / (part.length - lag)
  const lags = Array.from({ length: Math.round(rate / 200 - rate / 2000) }, (_, at) => at + Math.round(rate / 2000))
  const best = Math.max(...lags.map(likeness))
  const lag = lags.find((at) => likeness(at) > 0.92 * best && likeness(at) >= likeness(at + 1)) ?? 1
  return rate / lag
}

describe('the four sounds', () => {
  test.each(NAMES)('%s is short, loud and not clipped', (name) => {
    const { rate, samples } = hear(name)
    const loudest = Math.max(...samples.map(Math.abs))
    expect(rate).toBe(22_050)
    expect(samples.length / rate).toBeLessThan(1.2)
    expect(loudest).toBeGreaterThan(25_000)
    expect(loudest).toBeLessThan(32_000)
  })

  test('differ in rhythm', () => {
    const rhythms = NAMES.map((name) => ({ bursts: bursts(hear(name)), seconds: hear(name).samples.length / 22_050 }))
    expect(rhythms.map((rhythm) => rhythm.bursts)).toEqual([1, 3, 2, 2])
    const [, , check, unreadable] = rhythms
    expect((check?.seconds ?? 0) / (unreadable?.seconds ?? 1)).toBeGreaterThan(3)
  })

  test('differ in pitch, each from the next by more than a whole tone', () => {
    const pitches = NAMES.map((name) => pitch(hear(name))).sort((a, b) => a - b)
    for (const [at, lower] of pitches.slice(0, -1).entries()) {
      expect((pitches[at + 1] ?? 0) / lower, JSON.stringify(pitches)).toBeGreaterThan(1.12)
    }
  })
})
