/** A Participant's cabinet: its people, its doors' policy, its numbers. */
import { z } from 'zod'
import { route } from '../http/route.ts'
import { ApplicationForm } from '../join/application-form.ts'
import { Id, IdParam, IdText } from './id.ts'
import { ReadPolicy } from './policy.ts'

const Nothing = z.strictObject({})
const Instant = z.iso.datetime()

const Own = { code: z.string(), own: z.boolean().meta({ description: 'of a venue of the asking person' }) }
const Of = z.strictObject({ name: z.string(), address: z.string() })

/** What a poster is, of which the code was scanned or typed. */
export const PosterCheck = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['current', 'suspended']), venue: Of, ...Own }),
    z.strictObject({ kind: z.enum(['retired', 'unknown']), ...Own }),
    /** one character is wrong, or two are exchanged */
    z.strictObject({ kind: z.literal('slip') }),
    z.strictObject({ kind: z.literal('no-code') }),
  ])
  .meta({ id: 'PosterCheck' })
export type PosterCheck = z.infer<typeof PosterCheck>

const Count = z.int().nonnegative()
/** `admitted`: let in; `refused`: by the system or by staff; `check`: amber that nobody decided. Entries only. */
export const Numbers = z.strictObject({ admitted: Count, refused: Count, check: Count })
export type Numbers = z.infer<typeof Numbers>

/** An hour of the venue's own clock. */
export const HourNumbers = Numbers.extend({ at: Instant })
export type HourNumbers = z.infer<typeof HourNumbers>

export const VenueNumbers = z
  .strictObject({
    /** minutes ahead of UTC: days and hours are the venue's */
    utcOffset: z.int(),
    today: Numbers,
    /** seven days to the hour now, hours without anybody left out */
    hours: z.array(HourNumbers).readonly(),
  })
  .meta({ id: 'VenueNumbers' })
export type VenueNumbers = z.infer<typeof VenueNumbers>

const Colleague = z.strictObject({
  accountId: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(['owner', 'staff']),
  /** has signed in at least once */
  joined: z.boolean(),
})
export type Colleague = z.infer<typeof Colleague>

export const NewColleague = z.strictObject({
  email: ApplicationForm.shape.email,
  name: ApplicationForm.shape.contactName,
})

export const cabinetApi = {
  checkPoster: route({
    method: 'post',
    path: '/api/cabinet/check-poster',
    summary: 'Whose poster this is, and whether it is the one that should hang',
    body: z.strictObject({ text: z.string().max(400) }),
    reply: PosterCheck,
    auth: 'person',
  }),
  policy: route({
    method: 'get',
    path: '/api/venues/:id/policy',
    summary: 'What a venue has settled for its doors',
    params: IdParam,
    reply: ReadPolicy,
    auth: 'person',
  }),
  setPolicy: route({
    method: 'post',
    path: '/api/venues/:id/policy',
    summary: 'Settle it; kiosks hear of it at once',
    params: IdParam,
    body: ReadPolicy,
    reply: Nothing,
    auth: 'person',
  }),
  numbersToday: route({
    method: 'get',
    path: '/api/cabinet/numbers',
    summary: 'Today’s numbers of each venue of the asking person',
    reply: z.strictObject({ venues: z.array(Numbers.extend({ id: Id })).readonly() }),
    auth: 'person',
  }),
  venueNumbers: route({
    method: 'get',
    path: '/api/venues/:id/numbers',
    summary: 'Today’s numbers of a venue, and a week by the hour; nothing of a person',
    params: IdParam,
    reply: VenueNumbers,
    auth: 'person',
  }),
  ownParticipants: route({
    method: 'get',
    path: '/api/cabinet/participants',
    summary: 'The Participants that the asking person owns',
    reply: z.strictObject({
      participants: z.array(z.strictObject({ id: Id, organisation: z.string() })).readonly(),
    }),
    auth: 'person',
  }),
  colleagues: route({
    method: 'get',
    path: '/api/register/participants/:id/people',
    summary: 'Who may sign in for a Participant',
    params: IdParam,
    reply: z.strictObject({ people: z.array(Colleague).readonly() }),
    auth: 'person',
  }),
  inviteColleague: route({
    method: 'post',
    path: '/api/register/participants/:id/people',
    summary: 'Invite staff by e-mail; an Operator invites an owner',
    params: IdParam,
    body: NewColleague.extend({ role: z.enum(['owner', 'staff']) }),
    reply: Nothing,
    auth: 'person',
  }),
  removeColleague: route({
    method: 'post',
    path: '/api/register/participants/:id/people/:account/remove',
    summary: 'They may not sign in for this Participant any more',
    params: IdParam.extend({ account: IdText }),
    reply: Nothing,
    auth: 'person',
  }),
} as const
