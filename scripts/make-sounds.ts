/**
 * Writes resources/sounds/*.wav: `node scripts/run.mjs scripts/make-sounds.ts`. Each answer has a pitch and a rhythm of its own:
 * granted rises quickly, denied is low and comes three times, check falls slowly and comes again, unreadable is a double knock.
 * The strength lies between 800 and 3,500 Hz, where a small loudspeaker is loud and a hall's rumble is not.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** samples a second; 16 bits, one channel */
const RATE = 22_050
const PEAK = 0.85
/** seconds in which a tone swells and dies, so that it does not click */
const ATTACK = 0.006
const RELEASE = 0.03

/** One tone: Hz, seconds from the start, seconds long, and how strong its 1st, 2nd, 3rd… harmonics are. */
interface Tone {
  readonly pitch: number
  readonly at: number
  readonly length: number
  readonly harmonics: readonly number[]
}

const BELL = [1, 0.5, 0.18, 0.1]
const BUZZ = [0.5, 0.2, 0.7, 0.3, 0.6, 0.3, 0.4, 0.2]
const HORN = [0.8, 0.7, 0.5, 0.3]
const KNOCK = [1, 0.1, 0.6]

const SOUNDS: Readonly<Record<string, readonly Tone[]>> = {
  granted: [
    { pitch: 1047, at: 0, length: 0.11, harmonics: BELL },
    { pitch: 1568, at: 0.1, length: 0.3, harmonics: BELL },
  ],
  denied: [0, 0.2, 0.4].map((at) => ({ pitch: 294, at, length: 0.14, harmonics: BUZZ })),
  check: [
    { pitch: 880, at: 0, length: 0.2, harmonics: HORN },
    { pitch: 659, at: 0.2, length: 0.26, harmonics: HORN },
    { pitch: 880, at: 0.54, length: 0.2, harmonics: HORN },
    { pitch: 659, at: 0.74, length: 0.3, harmonics: HORN },
  ],
  unreadable: [0, 0.13].map((at) => ({ pitch: 520, at, length: 0.07, harmonics: KNOCK })),
}

function render(tones: readonly Tone[]): Float64Array {
  const seconds = Math.max(...tones.map((tone) => tone.at + tone.length)) + 0.02
  const wave = new Float64Array(Math.ceil(seconds * RATE))
  for (const tone of tones) {
    const start = Math.round(tone.at * RATE)
    for (let n = 0; n < tone.length * RATE; n++) {
      const t = n / RATE
      const swell = Math.min(1, t / ATTACK, (tone.length - t) / RELEASE)
      let value = 0
      for (const [k, strength] of tone.harmonics.entries()) {
        value += strength * Math.sin(2 * Math.PI * tone.pitch * (k + 1) * t)
      }
      wave[start + n] = (wave[start + n] ?? 0) + value * Math.max(0, swell)
    }
  }
  return wave
}

/** RIFF WAVE, PCM. */
function wav(wave: Float64Array): Buffer {
  const loudest = wave.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const bytes = Buffer.alloc(44 + wave.length * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + wave.length * 2, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(RATE, 24)
  bytes.writeUInt32LE(RATE * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(wave.length * 2, 40)
  for (const [n, value] of wave.entries()) bytes.writeInt16LE(Math.round((value / loudest) * PEAK * 32_767), 44 + n * 2)
  return bytes
}

const folder = join(import.meta.dirname, '../resources/sounds')
mkdirSync(folder, { recursive: true })
for (const [name, tones] of Object.entries(SOUNDS)) writeFileSync(join(folder, `${name}.wav`), wav(render(tones)))
