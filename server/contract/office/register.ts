/** The register: Participants, venues and their access points. Row by row, a person is shown only what is theirs. */
import { z } from 'zod'
import { route } from '../route.ts'
import { ApplicationForm } from './application-form.ts'
import { tablePage, tableQuery } from './page.ts'
import { Branch, VenueKind } from './venue-kind.ts'

const Id = z.int().positive()
const IdParam = z.strictObject({ id: z.coerce.number().int().positive() })
const Instant = z.iso.datetime()
const Nothing = z.strictObject({})
const { venues: _venues, ...fields } = ApplicationForm.shape
const { name: venueName, kind, address } = ApplicationForm.shape.venues.unwrap().element.shape
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'has characters that cannot be seen')

/** The organisation as Appendix 1 has it. */
export const Organisation = z.strictObject(fields)
export type Organisation = z.infer<typeof Organisation>

export const Direction = z.enum(['entry', 'exit'])
export const NewAccessPoint = z.strictObject({ name: line(100).min(1, 'required'), direction: Direction })
export type NewAccessPoint = z.infer<typeof NewAccessPoint>

export const VenueDetails = z.strictObject({ name: venueName, kind, address, municipality: line(120) })
export type VenueDetails = z.infer<typeof VenueDetails>
export const NewVenue = VenueDetails.extend({ accessPoints: z.array(NewAccessPoint).min(1).max(40) })
export type NewVenue = z.infer<typeof NewVenue>

/** What is registered in one go: of an application, or by hand. */
export const Registration = z
  .strictObject({
    application: Id.nullable(),
    organisation: Organisation,
    venues: z.array(NewVenue).min(1).max(30),
    owner: z.strictObject({ email: fields.email, name: fields.contactName }),
    locale: z.enum(['ru', 'en']),
  })
  .meta({ id: 'Registration' })
export type Registration = z.infer<typeof Registration>

export const VenueState = z.enum(['active', 'suspended', 'closed'])
export type VenueState = z.infer<typeof VenueState>

const Approved = z.strictObject({
  id: Id,
  reference: z.string(),
  organisation: z.string(),
  inn: z.string(),
  branch: Branch,
  venues: z.int(),
  approvedAt: Instant,
})
export type ApprovedRow = z.infer<typeof Approved>

const VenueRow = z.strictObject({
  id: Id,
  name: z.string(),
  kind: VenueKind,
  branch: Branch,
  address: z.string(),
  municipality: z.string(),
  state: VenueState,
  poster: z.string(),
  participant: z.strictObject({ id: Id, organisation: z.string(), inn: z.string() }).nullable(),
  createdAt: Instant,
})
export type VenueRow = z.infer<typeof VenueRow>

const AccessPoint = z.strictObject({ id: Id, name: z.string(), direction: Direction, retiredAt: Instant.nullable() })

export const PosterSize = z.enum(['a4', 'a5', 'sticker'])
export type PosterSize = z.infer<typeof PosterSize>

const Delivery = z.strictObject({
  id: Id,
  state: z.enum(['queued', 'sending', 'sent', 'bounced', 'failed']),
  kind: z.string(),
  at: Instant,
})

export const VenuePage = VenueRow.extend({
  stateReason: z.string().nullable(),
  stateAt: Instant,
  accessPoints: z.array(AccessPoint).readonly(),
  codes: z.array(z.strictObject({ code: z.string(), issuedAt: Instant, retiredAt: Instant.nullable() })).readonly(),
  mails: z.array(Delivery).readonly(),
})
export type VenuePage = z.infer<typeof VenuePage>

const ParticipantRow = z.strictObject({
  id: Id,
  organisation: z.string(),
  inn: z.string(),
  email: z.string(),
  venues: z.int(),
  createdAt: Instant,
})
export type ParticipantRow = z.infer<typeof ParticipantRow>

export const ParticipantPage = ParticipantRow.extend({
  ogrn: z.string().nullable(),
  address: z.string(),
  headPosition: z.string().nullable(),
  headName: z.string().nullable(),
  contactPosition: z.string().nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
})
export type ParticipantPage = z.infer<typeof ParticipantPage>

const venueFilters = {
  kind: VenueKind.optional(),
  branch: Branch.optional(),
  state: VenueState.optional(),
  municipality: z.string().max(120).optional(),
  participant: z.coerce.number().int().positive().optional(),
}
export const VENUE_COLUMNS = ['name', 'address', 'kind', 'state', 'municipality', 'createdAt'] as const
export const VenueQuery = tableQuery(VENUE_COLUMNS).extend(venueFilters)
export type VenueQuery = z.infer<typeof VenueQuery>
export const ParticipantQuery = tableQuery(['organisation', 'createdAt'])
export type ParticipantQuery = z.infer<typeof ParticipantQuery>

const Reason = z.strictObject({ reason: line(500).min(3, 'required') })

/** Whose a code is, for whoever scanned a poster. */
export const PosterAnswer = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('current'), venue: z.strictObject({ name: z.string(), address: z.string() }) }),
    z.strictObject({ kind: z.literal('suspended'), venue: z.strictObject({ name: z.string(), address: z.string() }) }),
    /** the venue's poster was made anew, or the venue is closed: this one should not hang any more */
    z.strictObject({ kind: z.literal('retired') }),
    z.strictObject({ kind: z.literal('unknown') }),
  ])
  .meta({ id: 'PosterAnswer' })
export type PosterAnswer = z.infer<typeof PosterAnswer>

export const registerApi = {
  approvedApplications: route({
    method: 'get',
    path: '/api/register/queue',
    summary: 'Applications that a Coordinator has approved and nobody has registered, oldest first',
    query: tableQuery([]).omit({ sort: true }),
    reply: tablePage(Approved),
    auth: 'person',
  }),
  approvedApplication: route({
    method: 'get',
    path: '/api/register/queue/:id',
    summary: 'The form of an approved application, as it would be registered',
    params: IdParam,
    reply: z.strictObject({ reference: z.string(), organisation: Organisation, venues: z.array(VenueDetails) }),
    auth: 'person',
  }),
  register: route({
    method: 'post',
    path: '/api/register/participants',
    summary:
      'Participant (found again by its ИНН), venues, access points, codes, the owner’s invitation, posters by mail',
    body: Registration,
    reply: z.strictObject({
      participant: Id,
      joined: z.boolean().meta({ description: 'the ИНН was in the register before' }),
      venues: z.array(z.strictObject({ id: Id, poster: z.string() })).readonly(),
    }),
    auth: 'person',
  }),
  participants: route({
    method: 'get',
    path: '/api/register/participants',
    summary: 'Participants',
    query: ParticipantQuery,
    reply: tablePage(ParticipantRow),
    auth: 'person',
  }),
  participant: route({
    method: 'get',
    path: '/api/register/participants/:id',
    summary: 'A Participant',
    params: IdParam,
    reply: ParticipantPage,
    auth: 'person',
  }),
  venues: route({
    method: 'get',
    path: '/api/venues',
    summary: 'Venues the asking person may see',
    query: VenueQuery,
    reply: tablePage(VenueRow),
    auth: 'person',
  }),
  municipalities: route({
    method: 'get',
    path: '/api/venues/municipalities',
    summary: 'Municipalities that venues are in, to filter by',
    reply: z.strictObject({ municipalities: z.array(z.string()).readonly() }),
    auth: 'person',
  }),
  exportVenues: route({
    method: 'get',
    path: '/api/venues/export',
    summary: 'The filtered register as a table: XLSX with typed cells, or CSV',
    query: VenueQuery.omit({ page: true, size: true, sort: true }).extend({ format: z.enum(['xlsx', 'csv']) }),
    reply: 'file',
    auth: 'person',
  }),
  venue: route({
    method: 'get',
    path: '/api/venues/:id',
    summary: 'A venue with its access points and the codes it had',
    params: IdParam,
    reply: VenuePage,
    auth: 'person',
  }),
  changeVenue: route({
    method: 'post',
    path: '/api/venues/:id',
    summary: 'Name, kind, address, municipality',
    params: IdParam,
    body: VenueDetails,
    reply: Nothing,
    auth: 'person',
  }),
  suspendVenue: route({
    method: 'post',
    path: '/api/venues/:id/suspend',
    summary: 'Nobody is let in by a code until it is resumed; its kiosks are told at once',
    params: IdParam,
    body: Reason,
    reply: Nothing,
    auth: 'person',
  }),
  resumeVenue: route({
    method: 'post',
    path: '/api/venues/:id/resume',
    summary: 'End a suspension',
    params: IdParam,
    reply: Nothing,
    auth: 'person',
  }),
  closeVenue: route({
    method: 'post',
    path: '/api/venues/:id/close',
    summary: 'For good: its code is retired',
    params: IdParam,
    body: Reason,
    reply: Nothing,
    auth: 'person',
  }),
  reissueCode: route({
    method: 'post',
    path: '/api/venues/:id/reissue',
    summary: 'A new code for the poster, mailed; the one before is refused from now on',
    params: IdParam,
    body: z.strictObject({ current: z.string().max(20).meta({ description: 'the code that is replaced' }) }),
    reply: z.strictObject({ poster: z.string() }),
    auth: 'person',
  }),
  addAccessPoint: route({
    method: 'post',
    path: '/api/venues/:id/access-points',
    summary: 'Another entrance or exit',
    params: IdParam,
    body: NewAccessPoint,
    reply: z.strictObject({ id: Id }),
    auth: 'person',
  }),
  renameAccessPoint: route({
    method: 'post',
    path: '/api/access-points/:id/rename',
    summary: 'Another name; kiosks show it',
    params: IdParam,
    body: NewAccessPoint.pick({ name: true }),
    reply: Nothing,
    auth: 'person',
  }),
  retireAccessPoint: route({
    method: 'post',
    path: '/api/access-points/:id/retire',
    summary: 'Not used any more; kiosks there let nobody in',
    params: IdParam,
    reply: Nothing,
    auth: 'person',
  }),
  poster: route({
    method: 'get',
    path: '/api/venues/:id/poster',
    summary: 'The poster, ready for printing: PDF',
    params: IdParam,
    query: z.strictObject({ size: PosterSize, locale: z.enum(['ru', 'en']).default('ru') }),
    reply: 'file',
    auth: 'person',
  }),
  mailPoster: route({
    method: 'post',
    path: '/api/venues/:id/poster/mail',
    summary: 'Mail the poster to the Participant once more',
    params: IdParam,
    reply: z.strictObject({ mail: Id }),
    auth: 'person',
  }),
  venueByCode: route({
    method: 'get',
    path: '/api/venues/by-code/:code',
    summary: 'Whose poster this is, and whether it is good',
    params: z.strictObject({ code: z.string().max(40) }),
    reply: PosterAnswer,
    auth: 'none',
  }),
} as const
