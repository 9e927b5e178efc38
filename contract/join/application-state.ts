/** Where an application stands. The server keeps exactly this; pages show it. */
import { z } from 'zod'
import { FORM_FIELDS } from './application-form.ts'

/** Words that a person wrote to another: lines are kept, other control characters are refused. */
export const Words = z
  .string()
  .overwrite((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
  .min(3, 'required')
  .max(2000, 'too-long')
  .regex(/^(?:[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]|\n)*$/u, 'hidden-characters')

/** Parts of an application that can be pointed at; `scan`: the signed paper. */
export const CorrectionField = z.enum([...FORM_FIELDS, 'venues', 'scan'])
export type CorrectionField = z.infer<typeof CorrectionField>

/** Whoever decided, as colleagues know them. */
const Decider = z.strictObject({ account: z.int().positive(), name: z.string() }).readonly()
export type Decider = z.infer<typeof Decider>

const moment = z.iso.datetime()

/**
 * draft: as typed. unconfirmed: sent, the link in the mail not yet opened. submitted: before the Coordinator. correction:
 * back with the applicant. approved: expedient, before the Operator. The last three are ends.
 */
export const ApplicationState = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('draft') }),
    z.strictObject({ kind: z.literal('unconfirmed'), since: moment, round: z.int().positive() }),
    z.strictObject({
      kind: z.literal('submitted'),
      since: moment,
      /** by then the Coordinator decides */
      due: moment,
      /** 1, and one more after each correction */
      round: z.int().positive(),
      /** why the Operator could not register it */
      sentBack: z.strictObject({ by: Decider, words: Words }).optional(),
    }),
    z.strictObject({
      kind: z.literal('correction'),
      since: moment,
      round: z.int().positive(),
      by: Decider,
      fields: z.array(CorrectionField).min(1).readonly(),
      words: Words,
    }),
    z.strictObject({
      kind: z.literal('approved'),
      since: moment,
      /** by then the Operator registers */
      due: moment,
      round: z.int().positive(),
      by: Decider,
    }),
    z.strictObject({ kind: z.literal('registered'), since: moment, by: Decider, participant: z.int().positive() }),
    z.strictObject({ kind: z.literal('rejected'), since: moment, by: Decider, reason: Words }),
    z.strictObject({ kind: z.literal('withdrawn'), since: moment }),
  ])
  .meta({ id: 'ApplicationState' })
export type ApplicationState = z.infer<typeof ApplicationState>
export type StateKind = ApplicationState['kind']

export const STATE_KINDS = [
  'draft',
  'unconfirmed',
  'submitted',
  'correction',
  'approved',
  'registered',
  'rejected',
  'withdrawn',
] as const satisfies readonly StateKind[]

/** What an office sees; before that an application is the applicant's alone. */
export const OFFICE_STATES = ['submitted', 'correction', 'approved', 'registered', 'rejected', 'withdrawn'] as const
export const OfficeState = z.enum(OFFICE_STATES)
export type OfficeState = z.infer<typeof OfficeState>
