/** Lists of venues: those that existed before the register, taken in; and the register, given out. */
import { z } from 'zod'
import { route } from '../http/route.ts'
import { ApplicationForm } from '../join/application-form.ts'
import { Id, IdParam } from './id.ts'
import { tablePage, tableQuery } from './page.ts'
import { NewVenue, Organisation, VenueQuery } from './venue.ts'

const Instant = z.iso.datetime()
const Count = z.int().nonnegative()

/** What a column may be; the first six must be there. */
export const LIST_FIELDS = [
  'inn',
  'organisation',
  'name',
  'kind',
  'address',
  'email',
  'ogrn',
  'legalAddress',
  'municipality',
  'entrances',
  'headPosition',
  'headName',
  'contactPosition',
  'contactName',
  'contactPhone',
] as const
export const ListField = z.enum(LIST_FIELDS)
export type ListField = z.infer<typeof ListField>
export const REQUIRED_FIELDS: readonly ListField[] = ['inn', 'organisation', 'name', 'kind', 'address', 'email']

const { organisation, inn, ogrn, headPosition, headName, contactPosition, contactName, contactPhone, email } =
  ApplicationForm.shape

/** A row as it would be registered. */
export const ListEntry = z.strictObject({
  organisation: Organisation.partial().extend({
    organisation,
    inn,
    email,
    address: NewVenue.shape.address,
    ogrn: ogrn.exactOptional(),
    headPosition: headPosition.exactOptional(),
    headName: headName.exactOptional(),
    contactPosition: contactPosition.exactOptional(),
    contactName: contactName.exactOptional(),
    contactPhone: contactPhone.exactOptional(),
  }),
  venue: NewVenue,
})
export type ListEntry = z.infer<typeof ListEntry>

export const RowOutcome = z.enum(['wrong', 'waiting', 'registered', 'there-before', 'failed'])
export type RowOutcome = z.infer<typeof RowOutcome>

const Fault = z.strictObject({ field: ListField, message: z.string(), value: z.string() })
export type ListFault = z.infer<typeof Fault>

const ListRow = z.strictObject({
  /** as a spreadsheet numbers it */
  line: Id,
  inn: z.string(),
  organisation: z.string(),
  name: z.string(),
  address: z.string(),
  outcome: RowOutcome,
  faults: z.array(Fault).readonly(),
  venue: Id.nullable(),
})
export type ListRow = z.infer<typeof ListRow>

export const ListImport = z.strictObject({
  id: Id,
  file: z.string(),
  state: z.enum(['preview', 'running', 'done']),
  /** the file's own headers, by the field that they were taken for; `null`: there is no such column */
  columns: z.array(z.strictObject({ field: ListField, header: z.string().nullable() })).readonly(),
  counts: z.record(RowOutcome, Count),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type ListImport = z.infer<typeof ListImport>

/** Largest list. */
const LIST_BYTES = 10 * 1024 * 1024
const Format = z.enum(['xlsx', 'csv'])

export const venueListsApi = {
  exportVenues: route({
    method: 'get',
    path: '/api/venues/export',
    summary: 'The filtered register as a table: XLSX with typed cells, or CSV',
    query: VenueQuery.omit({ page: true, size: true, sort: true }).extend({ format: Format }),
    reply: 'file',
    auth: 'person',
  }),
  uploadList: route({
    method: 'post',
    path: '/api/register/imports',
    summary: 'A list of venues (CSV or XLSX) to look at; nothing is registered yet',
    body: 'file',
    bodyLimit: LIST_BYTES,
    reply: ListImport,
    auth: 'person',
  }),
  listImports: route({
    method: 'get',
    path: '/api/register/imports',
    summary: 'Lists that were uploaded, newest first',
    reply: z.strictObject({ imports: z.array(ListImport).readonly() }),
    auth: 'person',
  }),
  listImport: route({
    method: 'get',
    path: '/api/register/imports/:id',
    summary: 'How far a list is',
    params: IdParam,
    reply: ListImport,
    auth: 'person',
  }),
  listRows: route({
    method: 'get',
    path: '/api/register/imports/:id/rows',
    summary: 'Rows of a list, and what is wrong with them',
    params: IdParam,
    query: tableQuery(['line']).extend({ outcome: RowOutcome.optional() }),
    reply: tablePage(ListRow),
    auth: 'person',
  }),
  confirmList: route({
    method: 'post',
    path: '/api/register/imports/:id/confirm',
    summary: 'Register the rows that are right; repeated, it goes on where it stopped',
    params: IdParam,
    body: z.strictObject({ mail: z.boolean().meta({ description: 'invite owners and mail posters' }) }),
    reply: ListImport,
    auth: 'person',
  }),
  listReport: route({
    method: 'get',
    path: '/api/register/imports/:id/report',
    summary: 'Every row with what became of it',
    params: IdParam,
    query: z.strictObject({ format: Format, locale: z.enum(['ru', 'en']).default('ru') }),
    reply: 'file',
    auth: 'person',
  }),
} as const
