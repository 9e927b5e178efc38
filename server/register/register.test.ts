import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { typedCode } from '../../contract/office/venue-code.ts'
import { freshDatabase } from '../testing/database.ts'
import { registration } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let operator: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  operator = await server.as([{ role: 'operator' }])
})
afterAll(() => server.stop())

interface Registered {
  participant: number
  joined: boolean
  venues: { id: number; poster: string }[]
}
const register = async (body: unknown): Promise<Registered> => {
  const answer = await operator.post('/api/register/participants', body)
  expect({ status: answer.status, text: answer.status === 200 ? '' : answer.text }).toEqual({ status: 200, text: '' })
  return answer.body as Registered
}
const mails = (kind: string, id: number) =>
  server.db.sql
    .selectFrom('mails')
    .selectAll()
    .where('about_kind', '=', kind)
    .where('about_id', '=', String(id))
    .execute()

describe('POST /api/register/participants', () => {
  test('makes Participant, venue, access points, code, invitation and poster in one go', async () => {
    const body = registration({ venues: 2 })
    const { participant, joined, venues } = await register(body)
    expect(joined).toBe(false)
    expect(venues).toHaveLength(2)
    const [venue] = venues
    if (!venue) throw new Error('no venue')
    const page = await operator.get(`/api/venues/${venue.id}`)
    expect(page.body).toMatchObject({
      name: body.venues[0]?.name,
      state: 'active',
      poster: venue.poster,
      participant: { id: participant, inn: body.organisation.inn },
      accessPoints: [
        { name: 'Вход 1', direction: 'entry', retiredAt: null },
        { name: 'Выход 1', direction: 'exit', retiredAt: null },
      ],
      codes: [{ code: venue.poster, retiredAt: null }],
      mails: [{ kind: 'poster' }],
    })
    const [mail] = await mails('venue', venue.id)
    expect(mail).toMatchObject({ recipient: body.organisation.email, locale: 'ru' })
    const attached = await server.db.sql
      .selectFrom('mail_attachments')
      .select(['name', 'type'])
      .where('mail_id', '=', mail?.id ?? '')
      .execute()
    expect(attached.map(({ type }) => type)).toEqual(['application/pdf', 'application/pdf', 'application/pdf'])
    const people = await operator.get(`/api/register/participants/${participant}/people`)
    expect(people.body).toMatchObject({ people: [{ email: body.owner.email, role: 'owner', joined: false }] })
    const audited = await server.db.sql
      .selectFrom('audit_log')
      .select(['account_id', 'role', 'action'])
      .where('object_kind', '=', 'participant')
      .where('object_id', '=', String(participant))
      .execute()
    expect(audited).toEqual([
      { account_id: operator.person.accountId, role: 'operator', action: 'participant.register' },
    ])
  })

  test('a known ИНН joins its Participant, who stays as it is', async () => {
    const one = registration()
    const first = await register(one)
    const again = await register({
      ...one,
      organisation: { ...one.organisation, organisation: 'ООО «Другое имя»' },
      venues: one.venues.map((venue) => ({ ...venue, name: 'Кафе «Уют» во дворе' })),
    })
    expect(again).toMatchObject({ participant: first.participant, joined: true })
    const page = await operator.get(`/api/register/participants/${first.participant}`)
    expect(page.body).toMatchObject({ organisation: one.organisation.organisation, venues: 2 })
  })

  test('two at once of one new ИНН make one Participant', async () => {
    const one = registration()
    const all = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        register({ ...one, venues: one.venues.map((venue) => ({ ...venue, name: `Кафе ${n}` })) }),
      ),
    )
    expect(new Set(all.map(({ participant }) => participant)).size).toBe(1)
    expect(all.filter(({ joined }) => !joined)).toHaveLength(1)
  })

  test('asked again, it registers nothing twice, and says which venue is there', async () => {
    const body = registration({ venues: 2 })
    const { participant } = await register({ ...body, venues: body.venues.slice(1) })
    const again = await operator.post('/api/register/participants', body)
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({
      code: 'conflict',
      errors: [{ field: 'venues.1.name', message: 'registered-before' }],
    })
    const page = await operator.get(`/api/register/participants/${participant}`)
    expect(page.body).toMatchObject({ venues: 1 })
  })

  test('two doors of one name are told apart by nobody', async () => {
    const body = registration()
    const venues = body.venues.map((venue) => ({
      ...venue,
      accessPoints: [...venue.accessPoints, ...venue.accessPoints],
    }))
    const answer = await operator.post('/api/register/participants', { ...body, venues })
    expect(answer.status).toBe(400)
    expect((answer.body as { errors: unknown }).errors).toEqual([
      { field: 'venues.0.accessPoints.2.name', message: 'name-taken' },
      { field: 'venues.0.accessPoints.3.name', message: 'name-taken' },
    ])
  })

  test('says which field is wrong, and writes nothing', async () => {
    const one = registration()
    const before = await operator.get('/api/register/participants')
    const wrong = { ...one, organisation: { ...one.organisation, inn: '2634012340', email: 'nobody' } }
    const answer = await operator.post('/api/register/participants', wrong)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 'invalid-request' })
    const fields = (answer.body as { errors: { field: string }[] }).errors.map(({ field }) => field)
    expect(fields).toEqual(expect.arrayContaining(['organisation.inn', 'organisation.email']))
    expect((await operator.get('/api/register/participants')).body).toEqual(before.body)
  })

  test('a failing mail leaves nothing behind', async () => {
    const one = registration()
    await server.db.pool.query(
      `alter table mails add constraint test_no check (recipient <> '${one.owner.email}') not valid`,
    )
    expect((await operator.post('/api/register/participants', one)).status).toBe(500)
    await server.db.pool.query('alter table mails drop constraint test_no')
    const found = await operator.get(`/api/register/participants?search=${one.organisation.inn}`)
    expect(found.body).toEqual({ rows: [], total: 0 })
    expect((await operator.get(`/api/venues?search=${one.organisation.inn}`)).body).toEqual({ rows: [], total: 0 })
  })
})

describe('a poster’s code', () => {
  test('is found by anybody; re-issued, the old one is refused and the passes’ binding stays', async () => {
    const { venues } = await register(registration())
    const venue = venues[0] ?? { id: 0, poster: '' }
    const look = async (code: string) => (await server.ask('GET', `/api/venues/by-code/${code}`)).body
    expect(await look(venue.poster)).toMatchObject({ kind: 'current', venue: { name: 'Кафе «Уют» 1' } })
    expect(await look(venue.poster.toLowerCase())).toMatchObject({ kind: 'current' })
    expect(await look('0000000')).toEqual({ kind: 'unknown' })
    expect(await look(encodeURIComponent("' or 1=1"))).toEqual({ kind: 'unknown' })
    const bound = await server.db.sql
      .selectFrom('venues')
      .select(['code', 'version'])
      .where('id', '=', venue.id)
      .execute()
    const answer = await operator.post(`/api/venues/${venue.id}/reissue`, { current: venue.poster })
    const { poster } = answer.body as { poster: string }
    expect(poster).not.toBe(venue.poster)
    expect(await look(venue.poster)).toEqual({ kind: 'retired' })
    expect(await look(poster)).toMatchObject({ kind: 'current' })
    const after = await server.db.sql
      .selectFrom('venues')
      .select(['code', 'version'])
      .where('id', '=', venue.id)
      .execute()
    expect(after[0]?.code).toBe(bound[0]?.code)
    // kiosks hear of it
    expect(Number(after[0]?.version)).toBeGreaterThan(Number(bound[0]?.version))
    expect((await mails('venue', venue.id)).map(({ values }) => (values as { replaces: boolean }).replaces)).toEqual([
      false,
      true,
    ])
  })

  test('two that re-issue at once make one new code', async () => {
    const { venues } = await register(registration())
    const venue = venues[0] ?? { id: 0, poster: '' }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => operator.post(`/api/venues/${venue.id}/reissue`, { current: venue.poster })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    const { body } = await operator.get(`/api/venues/${venue.id}`)
    const { codes } = body as { codes: { retiredAt: string | null }[] }
    expect(codes).toHaveLength(2)
    expect(codes.filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1)
  })

  test('of a poster says whose it is', async () => {
    const mine = await register(registration())
    const theirs = await register(registration())
    const owner = await server.as([{ role: 'owner', participantId: mine.participant }])
    const check = async (text: string) => (await owner.post('/api/cabinet/check-poster', { text })).body
    const url = (code: string): string => `https://qr.example/v/${code}`
    expect(await check(url(mine.venues[0]?.poster ?? ''))).toMatchObject({ kind: 'current', own: true })
    expect(await check(url(theirs.venues[0]?.poster ?? ''))).toMatchObject({ kind: 'current', own: false })
    expect(await check('7K4Q-2MX0')).toEqual({ kind: typedCode('7K4Q-2MX0').kind })
    expect(await check('нечто')).toEqual({ kind: 'no-code' })
  })
})
