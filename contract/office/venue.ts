/** What the register holds and shows: Participants, venues, access points, posters. */
import { z } from 'zod'
import { plainText } from '../plain-text.ts'
import { ApplicationForm } from '../join/application-form.ts'
import { Id, IdText } from './id.ts'
import { tableQuery } from './page.ts'
import { Branch, VenueKind } from './venue-kind.ts'

const Instant = z.iso.datetime()
const { venues: _venues, ...fields } = ApplicationForm.shape
const { name: venueName, kind, address } = ApplicationForm.shape.venues.unwrap().element.shape
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]*$/u, 'hidden-characters')

/** The organisation as Appendix 1 has it. */
export const Organisation = z.strictObject(fields)
export type Organisation = z.infer<typeof Organisation>

const Direction = z.enum(['entry', 'exit'])
export const NewAccessPoint = z.strictObject({ name: line(100).min(1, 'required'), direction: Direction })
export type NewAccessPoint = z.infer<typeof NewAccessPoint>

export const VenueDetails = z.strictObject({ name: venueName, kind, address, municipality: line(120) })
export type VenueDetails = z.infer<typeof VenueDetails>
/** Grows with each change of the venue. Who changes it says which one they saw. */
export const VenueVersion = z.int().nonnegative()
export const VenueChange = VenueDetails.extend({ version: VenueVersion })

export const NewVenue = VenueDetails.extend({
  accessPoints: z
    .array(NewAccessPoint)
    .min(1)
    .max(40)
    .check(({ value, issues }) => {
      for (const [at, { name }] of value.entries())
        if (value.findIndex((one) => one.name === name) < at)
          issues.push({ code: 'custom', input: name, path: [at, 'name'], message: 'name-taken' })
    }),
})
export type NewVenue = z.infer<typeof NewVenue>

/** What is registered in one go: of an application, or by hand. */
export const Registration = z
  .strictObject({
    /** the approved application that this is, as it was on the screen */
    application: z.strictObject({ id: Id, version: z.int().positive() }).nullable(),
    organisation: Organisation,
    venues: z.array(NewVenue).min(1).max(30),
    owner: z.strictObject({ email: fields.email, name: fields.contactName }),
    locale: z.enum(['ru', 'en']),
  })
  .meta({ id: 'Registration' })
export type Registration = z.infer<typeof Registration>

export const VenueState = z.enum(['active', 'suspended', 'closed'])
export type VenueState = z.infer<typeof VenueState>

export const VenueRow = z.strictObject({
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
  version: VenueVersion,
  stateReason: z.string().nullable(),
  stateAt: Instant,
  accessPoints: z.array(AccessPoint).readonly(),
  codes: z.array(z.strictObject({ code: z.string(), issuedAt: Instant, retiredAt: Instant.nullable() })).readonly(),
  mails: z.array(Delivery).readonly(),
})
export type VenuePage = z.infer<typeof VenuePage>

export const ParticipantRow = z.strictObject({
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
  municipality: plainText(120).optional(),
  participant: IdText.optional(),
}
export const VENUE_COLUMNS = ['name', 'address', 'kind', 'state', 'municipality', 'createdAt'] as const
export const VenueQuery = tableQuery(VENUE_COLUMNS).extend(venueFilters)
export type VenueQuery = z.infer<typeof VenueQuery>
export const ParticipantQuery = tableQuery(['organisation', 'createdAt'])
export type ParticipantQuery = z.infer<typeof ParticipantQuery>

export const Reason = z.strictObject({ reason: line(500).min(3, 'required') })

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
