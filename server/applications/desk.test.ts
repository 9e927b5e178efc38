import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { ApplicationForm } from '../../contract/join/application-form.ts'
import { ApplicationPage, ApplicationView } from '../../contract/join/application-view.ts'
import { Problem } from '../../contract/http/problem.ts'
import { applicant } from '../testing/applications.ts'
import { cafeForm } from '../testing/application-forms.ts'
import { freshDatabase } from '../testing/database.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import type { Answer } from '../testing/ask.ts'
import { OPERATOR_EMAIL, testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let trade: SignedIn
let colleague: SignedIn
let culture: SignedIn
let operator: SignedIn
let auditor: SignedIn
let now = new Date('2026-11-23T09:00:00Z')
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')), { clock: () => now, proxies: 1 })
  trade = await server.as([{ role: 'coordinator', branch: 'trade' }])
  colleague = await server.as([{ role: 'coordinator', branch: 'trade' }])
  culture = await server.as([{ role: 'coordinator', branch: 'culture' }])
  operator = await server.as([{ role: 'operator' }])
  auditor = await server.as([{ role: 'auditor' }])
})
afterAll(() => server.stop())

const problem = (answer: Answer, status: number, code: Problem['code']): Problem => {
  const told = Problem.parse(answer.body)
  expect([answer.status, told.code]).toEqual([status, code])
  return told
}
const view = (answer: Answer): ApplicationView => {
  expect(answer.status, answer.text).toBe(200)
  return ApplicationView.parse(answer.body)
}
const see = async (id: number, who = trade): Promise<ApplicationView> => view(await who.get(`/api/applications/${id}`))
const decide = (id: number, decision: unknown, who = trade): Promise<Answer> =>
  who.post(`/api/applications/${id}/decision`, decision)
const page = async (query: string, who = trade) => {
  const answer = await who.get(`/api/applications?${query}`)
  expect(answer.status, answer.text).toBe(200)
  return ApplicationPage.parse(answer.body)
}
const museum = (n: number): ApplicationForm =>
  cafeForm(n, { venues: [{ name: `Музей ${n}`, kind: 'museum', address: `Пятигорск, Мира, ${n}` }] })
const mailsAbout = (id: number) =>
  server.db.sql
    .selectFrom('mails')
    .select(['kind', 'recipient', 'values'])
    .where('about_id', '=', String(id))
    .where('kind', '<>', 'confirm-application')
    .orderBy('id')
    .execute()
const audited = async (id: number): Promise<string[]> => {
  const rows = await server.db.sql
    .selectFrom('audit_log')
    .select('action')
    .where('object_kind', '=', 'application')
    .where('object_id', '=', String(id))
    .orderBy('seq')
    .execute()
  return rows.map(({ action }) => action)
}

describe('who sees what', () => {
  test('a Coordinator its branch, Operator and auditor all, drafts nobody', async () => {
    const cafe = await applicant(server).apply(cafeForm(1))
    const hall = await applicant(server).apply(museum(2))
    await applicant(server).post('submit', { form: cafeForm(3), locale: 'ru' })
    const ids = async (who: SignedIn): Promise<number[]> => (await page('', who)).rows.map(({ id }) => id)
    expect(await ids(trade)).toEqual([cafe])
    expect(await ids(culture)).toEqual([hall])
    expect(await ids(operator)).toEqual([cafe, hall])
    expect(await ids(auditor)).toEqual([cafe, hall])
    expect((await page('branch=culture', trade)).total).toBe(0)
    expect((await page('branch=culture', operator)).total).toBe(1)
    problem(await trade.get(`/api/applications/${hall}`), 404, 'not-found')
    problem(await trade.get(`/api/applications/${hall}/appendix`), 404, 'not-found')
    problem(await decide(hall, { kind: 'approve', version: 3 }, trade), 404, 'not-found')
    problem(await trade.get('/api/applications/999999'), 404, 'not-found')
    problem(await trade.get('/api/applications/x'), 400, 'invalid-request')
    expect((await operator.get(`/api/applications/${hall}`)).status).toBe(200)
    const { body } = await trade.get('/api/applications/counts')
    expect(body).toEqual({ states: { submitted: 1 }, overdue: 0 })
    // the Operator registers and does not decide; the auditor only looks
    problem(await decide(hall, { kind: 'approve', version: 3 }, operator), 403, 'forbidden')
    problem(await auditor.get(`/api/applications/${cafe}/appendix`), 403, 'forbidden')
  })

  test('a clock on each, and what is overdue', async () => {
    const began = now
    const id = await applicant(server).apply(cafeForm(4))
    const { rows } = await page('search=cafe4')
    expect(rows).toMatchObject([{ id, due: '2026-11-26T15:00:00.000Z', hoursLeft: 33 }])
    now = new Date('2026-11-27T09:00:00Z')
    // sessions of days ago have ended
    const later = await server.as([{ role: 'coordinator', branch: 'trade' }])
    expect((await page('overdue=true&search=cafe4', later)).rows).toMatchObject([{ id, hoursLeft: -3 }])
    expect((await later.get('/api/applications/counts')).body).toMatchObject({ overdue: 2 })
    now = began
    expect((await page('overdue=true')).total).toBe(0)
  })

  test('found by words, numbers and the reference; sorted and paged', async () => {
    const id = await applicant(server).apply(
      cafeForm(5, {
        organisation: 'ООО «Ёлки-палки»',
        venues: [{ name: 'Трактир', kind: 'bar', address: 'Кисловодск, 1' }],
      }),
    )
    const { reference, inn } = await see(id)
    for (const search of ['елки', 'ЁЛКИ палки', 'тракт кисло', inn, reference, reference.toLowerCase(), 'cafe5'])
      expect(
        (await page(`search=${encodeURIComponent(search)}`)).rows.map((row) => row.id),
        search,
      ).toEqual([id])
    for (const search of ['елкипалки', "'; drop table applications; --", '%', ':* & |'])
      expect((await page(`search=${encodeURIComponent(search)}&kind=bar&state=submitted`)).total).toBe(
        /[а-яa-z]/i.test(search) ? 0 : 1,
      )
    const order = async (sort: string) => (await page(`sort=${sort}`)).rows.map(({ organisation }) => organisation)
    const up = await order('organisation')
    expect(up.length).toBeGreaterThan(2)
    expect(await order('-organisation')).toEqual(up.toReversed())
    const [, second] = (await page('sort=organisation')).rows
    expect((await page('sort=organisation&size=1&page=2')).rows).toEqual([second])
    problem(await trade.get('/api/applications?sort=email'), 400, 'invalid-request')
    problem(await trade.get('/api/applications?size=1000'), 400, 'invalid-request')
  })
})

describe('deciding', () => {
  test('expedient: to the Operator by queue and mail, to the applicant by mail, into the log', async () => {
    const form = cafeForm(10)
    const id = await applicant(server).apply(form)
    const { version, reference } = await see(id)
    const after = view(await decide(id, { kind: 'approve', version }))
    expect(after).toMatchObject({ state: 'approved', due: '2026-11-25T15:00:00.000Z', version: version + 1 })
    expect(after.history.map(({ event }) => event)).toEqual(['submitted', 'confirmed', 'approved'])
    expect((await page('state=approved', operator)).rows.map((row) => row.id)).toContain(id)
    const mails = await mailsAbout(id)
    expect(mails.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['application-decided', form.email],
      ['application-forwarded', OPERATOR_EMAIL],
    ])
    expect(mails[1]?.values).toMatchObject({ reference, link: `${server.url}/office/applications/${id}` })
    expect(await audited(id)).toEqual(['application.submitted', 'application.confirmed', 'application.approve'])
    // the link of the mail opens it
    const { link } = mails[0]?.values as { link: string }
    const opened = await server.ask('GET', '/api/join/application', {
      headers: { authorization: `Bearer ${link.slice(-22)}` },
    })
    expect(opened.body).toMatchObject({ state: { kind: 'approved' } })
    // who decided is the office's own business
    expect(opened.text).not.toContain(Buffer.from(trade.person.name).toString('latin1'))
  })

  test('to be corrected, corrected, and not expedient with a reason', async () => {
    const who = applicant(server)
    const form = cafeForm(11)
    const id = await who.apply(form)
    const { version } = await see(id)
    problem(
      await decide(id, { kind: 'ask-correction', version, fields: [], words: 'Не тот адрес' }),
      400,
      'invalid-request',
    )
    problem(await decide(id, { kind: 'ask-correction', version, fields: ['inn'], words: '' }), 400, 'invalid-request')
    problem(await decide(id, { kind: 'reject', version, reason: ' ' }), 400, 'invalid-request')
    const asked = view(
      await decide(id, {
        kind: 'ask-correction',
        version,
        fields: ['address', 'scan'],
        words: 'Не тот адрес.\nИ скан.',
      }),
    )
    expect(asked.due).toBeUndefined()
    const { body } = await who.post('save', { form: { ...form, address: 'г. Ставр' } })
    expect(body).toMatchObject({
      state: { kind: 'correction', fields: ['address', 'scan'], words: 'Не тот адрес.\nИ скан.' },
      form: { address: 'г. Ставр' },
    })
    // the office sees what was submitted, not what is being typed
    expect((await see(id)).form.address).toBe(form.address)
    const again = await who.post('submit', { form: { ...form, address: 'Ставрополь, Мира, 2' }, locale: 'ru' })
    expect(again.body).toMatchObject({ state: { kind: 'submitted' } })
    const second = await see(id)
    expect(second).toMatchObject({ detail: { kind: 'submitted', round: 2 }, form: { address: 'Ставрополь, Мира, 2' } })
    const rejected = view(
      await decide(id, { kind: 'reject', version: second.version, reason: 'Не общественное место' }),
    )
    expect(rejected.detail).toMatchObject({ kind: 'rejected', reason: 'Не общественное место' })
    expect((await mailsAbout(id)).map(({ values }) => (values as { decision: unknown }).decision)).toEqual([
      { kind: 'correction-asked', reason: 'Не тот адрес.\nИ скан.' },
      { kind: 'rejected', reason: 'Не общественное место' },
    ])
    problem(await decide(id, { kind: 'approve', version: rejected.version }), 409, 'moved-on')
  })

  test('a corrected e-mail address is confirmed anew, out of the office’s sight until then', async () => {
    const who = applicant(server)
    const form = cafeForm(12)
    const id = await who.apply(form)
    const { version } = await see(id)
    view(await decide(id, { kind: 'ask-correction', version, fields: ['email'], words: 'Почта не отвечает' }))
    const { body } = await who.post('submit', { form: { ...form, email: 'new12@example.org' }, locale: 'ru' })
    expect(body).toMatchObject({ state: { kind: 'unconfirmed' } })
    problem(await trade.get(`/api/applications/${id}`), 404, 'not-found')
    expect((await page('search=new12')).total).toBe(0)
  })

  test('of two at once exactly one wins; the other is told who and what', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const id = await applicant(server).apply(cafeForm(20 + turn))
      const { version } = await see(id)
      const answers = await Promise.all([
        decide(id, { kind: 'approve', version }, trade),
        decide(id, { kind: 'reject', version, reason: 'Не общественное место' }, colleague),
        decide(id, { kind: 'ask-correction', version, fields: ['inn'], words: 'ИНН не тот' }, trade),
        decide(id, { kind: 'approve', version }, colleague),
      ])
      const won = answers.filter(({ status }) => status === 200).map(view)
      expect(won).toHaveLength(1)
      const [winner] = won
      for (const answer of answers.filter(({ status }) => status !== 200)) {
        const { conflict } = problem(answer, 409, 'moved-on')
        expect(conflict).toEqual({ state: winner?.state, by: trade.person.name, since: now.toISOString() })
      }
      expect((await see(id)).version).toBe(version + 1)
      expect((await mailsAbout(id)).filter(({ kind }) => kind === 'application-decided')).toHaveLength(1)
      expect((await audited(id)).length).toBe(3)
    }
  })

  test('what was decided on an older version does not count', async () => {
    const who = applicant(server)
    const id = await who.apply(cafeForm(30))
    const { version } = await see(id)
    await who.post('withdraw')
    const { conflict } = problem(await decide(id, { kind: 'approve', version }), 409, 'moved-on')
    expect(conflict).toEqual({ state: 'withdrawn', since: now.toISOString() })
    problem(await decide(id, { kind: 'approve', version: version + 1 }), 409, 'moved-on')
  })

  test('the Operator gives back what cannot be registered, and the Coordinator decides again', async () => {
    const id = await applicant(server).apply(cafeForm(31))
    const { version } = await see(id)
    const back = (at: number, who = operator): Promise<Answer> =>
      who.post(`/api/applications/${id}/send-back`, { version: at, words: 'Такого адреса нет' })
    problem(await back(version), 409, 'moved-on')
    view(await decide(id, { kind: 'approve', version }))
    problem(await back(version + 1, trade), 403, 'forbidden')
    const again = view(await back(version + 1))
    expect(again.detail).toMatchObject({ kind: 'submitted', sentBack: { words: 'Такого адреса нет' } })
    expect(await audited(id)).toContain('application.send-back')
    view(await decide(id, { kind: 'reject', version: again.version, reason: 'Такого адреса нет' }))
  })
})

test('look-alikes are linked, the same venue first', async () => {
  const first = await applicant(server).apply(cafeForm(40))
  const form = cafeForm(40)
  const same = await applicant(server).apply({ ...form, email: 'cafe40b@example.org' })
  const hall = await applicant(server).apply({ ...museum(41), inn: form.inn, ogrn: form.ogrn, email: 'm@example.org' })
  const { duplicates } = await see(same)
  expect(duplicates.map(({ id, likeness, branch }) => [id, likeness, branch])).toEqual([
    [first, 'venue', 'trade'],
    [hall, 'organisation', 'culture'],
  ])
})
