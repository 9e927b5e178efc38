/** What is shown of an application: to its applicant, to those who only know its number, and to the offices. */
import { z } from 'zod'
import { ApplicationDraft } from './application-form.ts'
import { ApplicationState, CorrectionField, OfficeState, STATE_KINDS } from './application-state.ts'
import { tablePage, tableQuery } from '../office/page.ts'
import { Branch, VenueKind } from '../office/venue-kind.ts'

const moment = z.iso.datetime()

/** As referenceOf writes it; a person may type it in lower case, with O for 0 and without the dash. */
export const ApplicationReference = z
  .string()
  .max(20)
  .overwrite((typed) => {
    const digits = typed
      .toUpperCase()
      .replaceAll(/[\s№-]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1')
    return `${digits.slice(0, 3)}-${digits.slice(3)}`
  })
  .regex(/^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/, 'a number like 7K4-Q2M')

/** Made by the applicant's browser, or mailed: whoever has it has the application. 128 random bits. */
export const ApplicationSecret = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

export const ApplicationFile = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    type: z.enum(['application/pdf', 'image/jpeg', 'image/png']),
    size: z.int().positive(),
    /** hex */
    sha256: z.string(),
    uploadedAt: moment,
  })
  .meta({ id: 'ApplicationFile' })
export type ApplicationFile = z.infer<typeof ApplicationFile>

/** Another live application for the same: to an applicant no more of it than that it is there. */
const Known = z.strictObject({
  likeness: z.enum(['venue', 'organisation']),
  state: OfficeState,
  submittedAt: moment,
})

/** What the applicant is told of a state: everything but who in the office decided. */
const ApplicantState = z
  .strictObject({
    kind: z.enum(STATE_KINDS),
    since: moment.optional(),
    /** by then the office acts */
    due: moment.optional(),
    /** what to put right */
    fields: z.array(CorrectionField).readonly().optional(),
    /** of the Coordinator: what is wrong, or why not */
    words: z.string().optional(),
  })
  .meta({ id: 'ApplicantState' })
export type ApplicantState = z.infer<typeof ApplicantState>

export const ApplicantView = z
  .strictObject({
    reference: z.string(),
    state: ApplicantState,
    /** as last typed */
    form: ApplicationDraft,
    /** moment of the last change */
    savedAt: moment,
    branch: Branch.optional(),
    files: z.array(ApplicationFile.pick({ name: true, size: true, uploadedAt: true })).readonly(),
    known: z.array(Known).readonly(),
  })
  .meta({ id: 'ApplicantView' })
export type ApplicantView = z.infer<typeof ApplicantView>

/** One row of the offices' table. */
export const ApplicationRow = z
  .strictObject({
    id: z.int().positive(),
    reference: z.string(),
    state: OfficeState,
    organisation: z.string(),
    inn: z.string(),
    branch: Branch,
    kinds: z.array(VenueKind).readonly(),
    /** of the first venue; how many there are in all */
    venue: z.string(),
    venues: z.int().positive(),
    submittedAt: moment,
    due: moment.optional(),
    /** working hours left, negative when overdue; only while somebody's clock runs */
    hoursLeft: z.int().optional(),
    files: z.int().nonnegative(),
  })
  .meta({ id: 'ApplicationRow' })
export type ApplicationRow = z.infer<typeof ApplicationRow>

export const ApplicationQuery = tableQuery(['due', 'submittedAt', 'organisation']).extend({
  state: OfficeState.optional(),
  kind: VenueKind.optional(),
  branch: Branch.optional(),
  overdue: z.stringbool().optional(),
})
export type ApplicationQuery = z.infer<typeof ApplicationQuery>
export const ApplicationPage = tablePage(ApplicationRow)

export const ApplicationCounts = z
  .strictObject({ states: z.partialRecord(OfficeState, z.int().nonnegative()), overdue: z.int().nonnegative() })
  .meta({ id: 'ApplicationCounts' })
export type ApplicationCounts = z.infer<typeof ApplicationCounts>

/** What happened, newest last. */
export const ApplicationEntry = z
  .strictObject({
    at: moment,
    by: z.enum(['applicant', 'coordinator', 'operator', 'system']),
    /** of an office's person */
    name: z.string().optional(),
    event: z.enum([
      'submitted',
      'resubmitted',
      'confirmed',
      'approved',
      'rejected',
      'correction-asked',
      'sent-back',
      'registered',
      'withdrawn',
      'file-added',
    ]),
    words: z.string().optional(),
    fields: z.array(CorrectionField).readonly().optional(),
  })
  .meta({ id: 'ApplicationEntry' })
export type ApplicationEntry = z.infer<typeof ApplicationEntry>

export const ApplicationView = ApplicationRow.extend({
  /** grows with each change: a decision names the version it was made on */
  version: z.int().positive(),
  detail: ApplicationState,
  form: ApplicationDraft,
  attached: z.array(ApplicationFile).readonly(),
  duplicates: z
    .array(
      z.strictObject({
        id: z.int().positive(),
        reference: z.string(),
        likeness: z.enum(['venue', 'organisation']),
        state: OfficeState,
        submittedAt: moment,
        /** of another Coordinator: shown, not opened */
        branch: Branch,
      }),
    )
    .readonly(),
  history: z.array(ApplicationEntry).readonly(),
}).meta({ id: 'ApplicationView' })
export type ApplicationView = z.infer<typeof ApplicationView>
