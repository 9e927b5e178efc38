/** Applications of venues: the public form and the Coordinator's desk. */
import { z } from 'zod'
import { route } from '../http/route.ts'
import { ApplicationDraft, ApplicationForm } from '../join/application-form.ts'
import { CorrectionField, Words, STATE_KINDS } from '../join/application-state.ts'
import { IdParam } from './id.ts'
import {
  ApplicantView,
  ApplicationCounts,
  ApplicationPage,
  ApplicationQuery,
  ApplicationReference,
  ApplicationView,
} from '../join/application-view.ts'

/** Largest signed scan. */
export const SCAN_BYTES = 10 * 1024 * 1024
export const MOST_FILES = 5

/** the version of the application that was on the screen */
const version = z.int().positive()

export const Decision = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('approve'), version }),
    z.strictObject({ kind: z.literal('reject'), version, reason: Words }),
    z.strictObject({
      kind: z.literal('ask-correction'),
      version,
      fields: z.array(CorrectionField).min(1, 'required').max(20).readonly(),
      words: Words,
    }),
  ])
  .meta({ id: 'ApplicationDecision' })
export type Decision = z.infer<typeof Decision>

/** The applicant's routes ask for `authorization: Bearer <ApplicationSecret>`, which the browser made or a mail brought. */
export const applicationsApi = {
  saveApplication: route({
    method: 'post',
    path: '/api/join/save',
    summary: 'Keep an application as far as it is typed; a secret not seen before begins one',
    body: z.strictObject({ form: ApplicationDraft }),
    bodyLimit: 256 * 1024,
    reply: ApplicantView,
    auth: 'none',
  }),
  openApplication: route({
    method: 'get',
    path: '/api/join/application',
    summary: 'The application of this secret, as its applicant sees it',
    reply: ApplicantView,
    auth: 'none',
  }),
  submitApplication: route({
    method: 'post',
    path: '/api/join/submit',
    summary: 'Submit, or submit corrected; sending the same again changes nothing',
    body: z.strictObject({
      form: ApplicationForm,
      locale: z.enum(['ru', 'en']),
      /** the applicant knows of the application for the same venue, and means it */
      knowingly: z.boolean().default(false),
    }),
    bodyLimit: 256 * 1024,
    reply: ApplicantView,
    auth: 'none',
  }),
  confirmApplication: route({
    method: 'post',
    path: '/api/join/confirm',
    summary: 'Confirm the e-mail address with the secret that was mailed to it',
    reply: ApplicantView,
    auth: 'none',
  }),
  resendConfirmation: route({
    method: 'post',
    path: '/api/join/resend',
    summary: 'Mail the confirmation link again',
    reply: z.strictObject({ sent: z.literal(true) }),
    auth: 'none',
  }),
  withdrawApplication: route({
    method: 'post',
    path: '/api/join/withdraw',
    summary: 'Withdraw an application that is not registered yet',
    reply: ApplicantView,
    auth: 'none',
  }),
  applicationAppendix: route({
    method: 'get',
    path: '/api/join/appendix',
    summary: 'Appendix 1 filled in, for signature and seal (PDF)',
    reply: 'file',
    auth: 'none',
  }),
  uploadScan: route({
    method: 'post',
    path: '/api/join/scan',
    summary: 'Add the signed paper: PDF, JPEG or PNG',
    body: 'file',
    bodyLimit: SCAN_BYTES,
    reply: ApplicantView,
    auth: 'none',
  }),
  applicationStatus: route({
    method: 'get',
    path: '/api/join/status/:reference',
    summary: 'Where an application stands, by its number alone',
    params: z.strictObject({ reference: ApplicationReference }),
    reply: z.strictObject({ reference: z.string(), state: z.enum(STATE_KINDS) }),
    auth: 'none',
  }),
  applications: route({
    method: 'get',
    path: '/api/applications',
    summary: 'A page of applications; a Coordinator sees its branch',
    query: ApplicationQuery,
    reply: ApplicationPage,
    auth: 'person',
  }),
  applicationCounts: route({
    method: 'get',
    path: '/api/applications/counts',
    summary: 'How many there are in each state, and how many are overdue',
    reply: ApplicationCounts,
    auth: 'person',
  }),
  application: route({
    method: 'get',
    path: '/api/applications/:id',
    summary: 'An application with its files, look-alikes and history',
    params: IdParam,
    reply: ApplicationView,
    auth: 'person',
  }),
  decideApplication: route({
    method: 'post',
    path: '/api/applications/:id/decision',
    summary: 'Expedient, not expedient, or to be corrected; the first decision on a version wins',
    params: IdParam,
    body: Decision,
    reply: ApplicationView,
    auth: 'person',
  }),
  sendApplicationBack: route({
    method: 'post',
    path: '/api/applications/:id/send-back',
    summary: 'Give an approved application that cannot be registered back to its Coordinator',
    params: IdParam,
    body: z.strictObject({ version, words: Words }),
    reply: ApplicationView,
    auth: 'person',
  }),
  applicationPaper: route({
    method: 'get',
    path: '/api/applications/:id/appendix',
    summary: 'Appendix 1 filled in (PDF)',
    params: IdParam,
    reply: 'file',
    auth: 'person',
  }),
  applicationFile: route({
    method: 'get',
    path: '/api/applications/:id/files/:file',
    summary: 'A scan the applicant added; always saved, never shown as a page',
    params: IdParam.extend({ file: z.uuid() }),
    reply: 'file',
    auth: 'person',
  }),
} as const
