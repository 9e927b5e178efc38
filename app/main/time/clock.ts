/**
 * What time it is, and whether that may be believed. The device's wall clock can be set by anybody and drifts; each reply of
 * the server tells its time (Cristian's method: half the round trip is the error), and the monotonic clock shows when the
 * wall clock jumps. Pure: readings come in as values, milliseconds everywhere.
 */
export interface Reading {
  /** since 1970, by the device */
  readonly wall: number
  /** since the process started; never jumps */
  readonly mono: number
}

interface Sample {
  /** server's minus device's */
  readonly offset: number
  readonly roundTrip: number
  readonly mono: number
}

export interface ClockState {
  /** of the wall clock as it now goes; newest last */
  readonly samples: readonly Sample[]
  /** what was known before this process: the last offset, and when it was learnt by the server's clock */
  readonly offset: number
  readonly syncedAt?: number
  /** sum of the jumps since the last reply: nobody has explained them */
  readonly jumped: number
  readonly last: Reading
  /** it is certainly later than this: signed documents, and what was kept before a restart */
  readonly floor: number
}

export interface KeptClock {
  readonly offset: number
  readonly syncedAt?: number | undefined
  /** a jump stays unexplained over a restart */
  readonly jumped: number
  readonly floor: number
}

const KEPT_SAMPLES = 8
/** Slewing by NTP is at most 0.5 ms a second; nobody goes two seconds between two looks. */
const JUMP_MS = 2000
const SYNC_GOOD_FOR_MS = 72 * 3_600_000
/** Crystals of cheap boards. */
const DRIFT = 50e-6

/**
 * At a process's start. A clock that is earlier than it can be was put back meanwhile: it is taken to be as late as it must
 * be, and stays unexplained.
 */
export function firstClock(reading: Reading, kept: KeptClock = { offset: 0, jumped: 0, floor: 0 }): ClockState {
  const { offset, syncedAt, floor } = kept
  const behind = floor - (reading.wall + offset)
  const putBack = behind > JUMP_MS ? behind : 0
  return {
    samples: [],
    offset: offset + putBack,
    ...(syncedAt === undefined ? {} : { syncedAt }),
    jumped: kept.jumped + putBack,
    last: reading,
    floor,
  }
}

/** The jump test, at each look: the two clocks go alike, or the wall clock was set (or the machine slept). */
export function looked(state: ClockState, reading: Reading): ClockState {
  const jump = reading.wall - state.last.wall - (reading.mono - state.last.mono)
  if (Math.abs(jump) <= JUMP_MS) return { ...state, last: reading }
  // The offset moves against the jump, so that our best time goes on as the monotonic clock does.
  return {
    ...state,
    last: reading,
    samples: state.samples.map((sample) => ({ ...sample, offset: sample.offset - jump })),
    offset: state.offset - jump,
    jumped: state.jumped + Math.abs(jump),
  }
}

/** A reply that was asked for at `sent` and says the server's time. */
export function replied(state: ClockState, sent: Reading, received: Reading, serverTime: number): ClockState {
  const before = looked(state, received)
  const roundTrip = received.mono - sent.mono
  const offset = serverTime + roundTrip / 2 - received.wall
  const sample = { offset, roundTrip, mono: received.mono }
  // After a jump only what was measured since counts.
  const samples = before.jumped === 0 ? [...before.samples, sample].slice(-KEPT_SAMPLES) : [sample]
  return {
    ...before,
    samples,
    jumped: 0,
    offset: best(samples, received.mono).offset,
    syncedAt: received.wall + offset,
  }
}

/** A signed document was made at that time: it cannot be earlier now. */
export const notBefore = (state: ClockState, time: number): ClockState =>
  time <= state.floor ? state : { ...state, floor: time }

/** The best guess of the server's time. */
export const timeAt = (state: ClockState, { wall }: Reading): number => wall + state.offset

/** Server's minus device's, and how far that may be off; nothing where no reply ever came to this process. */
export function offsetAt(
  state: ClockState,
  { mono }: Reading,
): { readonly offset: number; readonly uncertainty: number } | undefined {
  if (state.samples.length === 0) return undefined
  const sample = best(state.samples, mono)
  return { offset: sample.offset, uncertainty: errorOf(sample, mono) + state.jumped }
}

export type ClockTrust = 'good' | 'never-synced' | 'jumped' | 'synced-long-ago' | 'behind'

export function trustAt(state: ClockState, reading: Reading): ClockTrust {
  if (state.syncedAt === undefined) return 'never-synced'
  if (state.jumped > 0) return 'jumped'
  const now = timeAt(state, reading)
  // Our own error must not accuse the clock: documents are signed by a clock a little before ours, too.
  if (now < state.floor - JUMP_MS) return 'behind'
  return now - state.syncedAt > SYNC_GOOD_FOR_MS ? 'synced-long-ago' : 'good'
}

export const keepable = (state: ClockState, reading: Reading): KeptClock => ({
  offset: state.offset,
  syncedAt: state.syncedAt,
  jumped: state.jumped,
  floor: state.jumped === 0 ? Math.max(state.floor, timeAt(state, reading)) : state.floor,
})

const errorOf = (sample: Sample, mono: number): number => sample.roundTrip / 2 + DRIFT * (mono - sample.mono)

const best = (samples: readonly Sample[], mono: number): Sample =>
  samples.reduce((one, other) => (errorOf(other, mono) <= errorOf(one, mono) ? other : one))
