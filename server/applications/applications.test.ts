import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { ApplicationForm } from '../../contract/join/application-form.ts'
import { ApplicantView } from '../../contract/join/application-view.ts'
import { Problem } from '../../contract/http/problem.ts'
import { cafeForm } from '../testing/application-forms.ts'
import { freshDatabase } from '../testing/database.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { CONFIRM_MS } from './applications.handlers.ts'
import { applicationJobs } from './applications.jobs.ts'

let server: TestServer
let now = new Date('2026-11-23T09:00:00Z')
beforeAll(async () => {
  // one address asks all of this: rates are a test's own business, below
  server = await testServer(await freshDatabase(inject('postgresUrl')), { clock: () => now, proxies: 1 })
})
afterAll(() => server.stop())

const newSecret = (): string => randomBytes(16).toString('base64url')
let address = 0
const headersOf = (secret: string | undefined): Record<string, string> => ({
  origin: server.url,
  'sec-fetch-site': 'same-origin',
  'x-forwarded-for': `10.0.${++address >> 8}.${address & 255}`,
  ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
})
const post = (path: string, secret: string | undefined, value: unknown): Promise<Answer> =>
  server.ask('POST', path, { headers: headersOf(secret), body: JSON.stringify(value) })
const get = (path: string, secret?: string): Promise<Answer> => server.ask('GET', path, { headers: headersOf(secret) })
const save = (secret: string | undefined, form: unknown): Promise<Answer> => post('/api/join/save', secret, { form })
const submit = (secret: string, form: ApplicationForm, more: object = {}): Promise<Answer> =>
  post('/api/join/submit', secret, { form, locale: 'ru', ...more })
const confirm = (secret: string): Promise<Answer> =>
  server.ask('POST', '/api/join/confirm', { headers: headersOf(secret) })
const view = (answer: Answer): ApplicantView => {
  expect(answer.status, answer.text).toBe(200)
  return ApplicantView.parse(answer.body)
}
const problem = (answer: Answer, status: number, code: Problem['code']): Problem => {
  const told = Problem.parse(answer.body)
  expect([answer.status, told.code]).toEqual([status, code])
  return told
}
/** The secret of the newest mail to an address. */
async function mailed(to: string): Promise<string> {
  const row = await server.db.sql
    .selectFrom('mails')
    .select('values')
    .where('recipient', '=', to)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { link } = row.values as { link: string }
  expect(link).toMatch(new RegExp(`^${server.url}/join#[\\w-]{22}$`))
  return link.slice(-22)
}
const mailsTo = async (to: string): Promise<number> =>
  (await server.db.sql.selectFrom('mails').select('id').where('recipient', '=', to).execute()).length
const draft = { venues: [{ name: '', kind: '', address: '' }], organisation: 'ООО «Ром' }

describe('a draft', () => {
  test('is kept as it is typed, under a secret that the browser made', async () => {
    const secret = newSecret()
    problem(await get('/api/join/application', secret), 404, 'not-found')
    const first = view(await save(secret, draft))
    expect(first).toMatchObject({ state: { kind: 'draft' }, form: { organisation: 'ООО «Ром', inn: '' } })
    expect(first.reference).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/)
    const again = view(await save(secret, { ...draft, organisation: 'ООО «Ромашка»', inn: '77' }))
    expect(again.reference).toBe(first.reference)
    expect(view(await get('/api/join/application', secret)).form).toMatchObject({ inn: '77' })
    problem(await get(`/api/join/status/${first.reference}`), 404, 'not-found')
  })

  test('begun twice at once is one', async () => {
    const secret = newSecret()
    const views = (await Promise.all([1, 2, 3, 4].map(() => save(secret, draft)))).map(view)
    expect(new Set(views.map(({ reference }) => reference)).size).toBe(1)
  })

  test('needs a secret, and another page may not save it', async () => {
    for (const secret of [undefined, '', 'x', 'x'.repeat(23), "' or 1=1 --"]) {
      problem(await save(secret, draft), 401, 'unauthenticated')
      problem(await get('/api/join/application', secret), 401, 'unauthenticated')
      problem(await get('/api/join/appendix', secret), 401, 'unauthenticated')
    }
    const answer = await server.ask('POST', '/api/join/save', {
      headers: { ...headersOf(newSecret()), origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      body: JSON.stringify({ form: draft }),
    })
    problem(answer, 403, 'cross-site')
  })

  test('is no larger than a form can be', async () => {
    problem(await save(newSecret(), { ...draft, address: 'я'.repeat(501) }), 400, 'invalid-request')
    problem(await save(newSecret(), { ...draft, surprise: 1 }), 400, 'invalid-request')
    problem(await save(newSecret(), { ...draft, address: 'я'.repeat(200_000) }), 413, 'body-too-large')
  })

  test('that nobody came back to is deleted after a month', async () => {
    const secret = newSecret()
    view(await save(secret, draft))
    const run = async (days: number): Promise<void> => {
      const later = new Date(now.getTime() + days * 24 * 3600 * 1000)
      for (const job of applicationJobs(server.db.sql, server.keys, () => later)) await job.run()
    }
    await run(29)
    view(await get('/api/join/application', secret))
    await run(31)
    problem(await get('/api/join/application', secret), 404, 'not-found')
  })
})

describe('submitting', () => {
  test('names each field that is wrong, and how', async () => {
    const form = cafeForm(1, { inn: '7707083894', email: 'cafe' })
    const { errors = [] } = problem(await submit(newSecret(), form), 400, 'invalid-request')
    expect(errors.map(({ field }) => field)).toEqual(['form.inn', 'form.email'])
    expect(errors[0]?.message).toContain('digit 10 should be 3')
  })

  test('waits for the link in the mail, then is before the Coordinator with a deadline', async () => {
    const secret = newSecret()
    const form = cafeForm(2)
    const sent = view(await submit(secret, form))
    expect(sent).toMatchObject({ state: { kind: 'unconfirmed' }, branch: 'trade', form: { inn: form.inn } })
    // the browser's own secret proves nothing about the address
    problem(await confirm(secret), 410, 'link-outdated')
    problem(await confirm(newSecret()), 410, 'link-outdated')
    const link = await mailed(form.email)
    const confirmed = view(await confirm(link))
    expect(confirmed).toMatchObject({
      reference: sent.reference,
      state: { kind: 'submitted', since: '2026-11-23T09:00:00.000Z', due: '2026-11-26T15:00:00.000Z' },
    })
    // opened again, and by either secret
    expect(view(await confirm(link)).state).toEqual(confirmed.state)
    expect(view(await get('/api/join/application', secret))).toEqual(confirmed)
  })

  test('twice at once, and again, is one application and one mail', async () => {
    const secret = newSecret()
    const form = cafeForm(3)
    const views = (await Promise.all([1, 2, 3, 4].map(() => submit(secret, form)))).map(view)
    expect(new Set(views.map(({ reference }) => reference)).size).toBe(1)
    expect(await mailsTo(form.email)).toBe(1)
    view(await confirm(await mailed(form.email)))
    expect(view(await submit(secret, form)).state.kind).toBe('submitted')
    // but not something else under the same one
    const told = problem(await submit(secret, cafeForm(3, { organisation: 'ООО «Другое»' })), 409, 'moved-on')
    expect(told.conflict).toEqual({ state: 'submitted', since: '2026-11-23T09:00:00.000Z' })
    problem(await save(secret, draft), 409, 'moved-on')
  })

  test('an address can be put right: the link of the wrong one ends', async () => {
    const secret = newSecret()
    view(await submit(secret, cafeForm(4, { email: 'wrong@example.org' })))
    const wrong = await mailed('wrong@example.org')
    view(await submit(secret, cafeForm(4, { email: 'Right4@example.org' })))
    problem(await confirm(wrong), 410, 'link-outdated')
    expect(view(await confirm(await mailed('Right4@example.org'))).state.kind).toBe('submitted')
  })

  test('the mail can be sent again; the newest link is the one that works, for a week', async () => {
    const secret = newSecret()
    const form = cafeForm(5)
    problem(await post('/api/join/resend', newSecret(), {}), 404, 'not-found')
    view(await submit(secret, form))
    const first = await mailed(form.email)
    expect((await post('/api/join/resend', secret, {})).status).toBe(200)
    problem(await confirm(first), 410, 'link-outdated')
    const second = await mailed(form.email)
    const began = now
    now = new Date(began.getTime() + CONFIRM_MS + 1)
    problem(await confirm(second), 410, 'link-outdated')
    now = new Date(began.getTime() + CONFIRM_MS)
    expect(view(await confirm(second)).state.kind).toBe('submitted')
    now = began
    problem(await post('/api/join/resend', secret, {}), 409, 'moved-on')
  })

  test('for a venue that is applied for already asks first', async () => {
    const form = cafeForm(6)
    view(await submit(newSecret(), form))
    view(await confirm(await mailed(form.email)))
    const [venue] = form.venues
    const alike = { ...form, email: 'cafe6b@example.org', venues: [{ ...venue, address: 'Ставрополь, Ленина 6' }] }
    const secret = newSecret()
    problem(await submit(secret, alike as ApplicationForm), 409, 'duplicate-application')
    expect(await mailsTo(alike.email)).toBe(0)
    const told = view(await submit(secret, alike as ApplicationForm, { knowingly: true }))
    expect(told.known).toEqual([{ likeness: 'venue', state: 'submitted', submittedAt: '2026-11-23T09:00:00.000Z' }])
    // another place of the same organisation is no question, only told
    const place = cafeForm(6, { venues: [{ name: 'Кафе', kind: 'cafe', address: 'Пятигорск, Мира, 1' }] })
    expect(view(await submit(newSecret(), place)).known.map(({ likeness }) => likeness)).toEqual(['organisation'])
  })

  test('withdrawn by the applicant, once and for all', async () => {
    const secret = newSecret()
    view(await save(secret, draft))
    problem(await post('/api/join/withdraw', secret, {}), 409, 'moved-on')
    view(await submit(secret, cafeForm(7)))
    const link = await mailed('cafe7@example.org')
    expect(view(await post('/api/join/withdraw', secret, {})).state.kind).toBe('withdrawn')
    expect(view(await post('/api/join/withdraw', secret, {})).state.kind).toBe('withdrawn')
    expect(view(await confirm(link)).state.kind).toBe('withdrawn')
    problem(await submit(secret, cafeForm(7, { organisation: 'ООО «Снова»' })), 409, 'moved-on')
  })
})

test('by the number alone one learns the state and nothing else', async () => {
  const { reference } = view(await submit(newSecret(), cafeForm(8)))
  const answer = await get(`/api/join/status/${reference.toLowerCase().replace('-', '')}`)
  expect(answer.body).toEqual({ reference, state: 'unconfirmed' })
  problem(await get('/api/join/status/000-000'), 404, 'not-found')
  problem(await get('/api/join/status/..%2f..%2fetc'), 400, 'invalid-request')
})

test('the paper is a PDF of what is typed, once it is complete', async () => {
  const secret = newSecret()
  view(await save(secret, draft))
  const { errors = [] } = problem(await get('/api/join/appendix', secret), 400, 'invalid-request')
  expect(errors.map(({ field }) => field)).toContain('inn')
  view(await save(secret, cafeForm(9)))
  const { status, headers, text } = await get('/api/join/appendix', secret)
  expect([status, headers['content-type'], text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-'])
  expect(headers['content-disposition']).toMatch(/^attachment;/)
})

describe('rates', () => {
  /** A body that is announced and never comes: only who does not wait for it answers. */
  const unsent = (path: string, secret: string | undefined, at = headersOf(secret)): Promise<Answer> =>
    server.ask('POST', path, { headers: { ...at, connection: 'close', 'content-length': '200000' }, body: '{' })
  const from = (ip: string, secret?: string) => ({ ...headersOf(secret), 'x-forwarded-for': `6.6.6.6, ${ip}` })
  test('numbers are not guessed by the thousand', async () => {
    const ask = (ip: string): Promise<Answer> => server.ask('GET', '/api/join/status/000-000', { headers: from(ip) })
    for (let turn = 0; turn < 60; turn++) problem(await ask('1.1.1.1'), 404, 'not-found')
    const refused = await ask('1.1.1.1')
    problem(refused, 429, 'too-many-requests')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    problem(await ask('1.1.1.2'), 404, 'not-found')
  })

  test('are looked at before a body is read', async () => {
    for (const path of ['/api/join/save', '/api/join/submit', '/api/join/scan'])
      problem(await unsent(path, undefined), 401, 'unauthenticated')
    problem(await unsent('/api/join/scan', newSecret()), 404, 'not-found')
    const secret = newSecret()
    view(await save(secret, draft))
    const at = { ...headersOf(secret), 'x-forwarded-for': '1.1.2.1' }
    for (let turn = 0; turn < 30; turn++) await server.ask('POST', '/api/join/submit', { headers: at, body: '{}' })
    problem(await unsent('/api/join/submit', secret, at), 429, 'too-many-requests')
  })

  test('applications are not begun by the hundred, and what is begun goes on', async () => {
    const at = (secret: string) => ({ ...headersOf(secret), 'x-forwarded-for': '1.1.3.1' })
    const savedAt = (secret: string): Promise<Answer> =>
      server.ask('POST', '/api/join/save', { headers: at(secret), body: JSON.stringify({ form: draft }) })
    const secrets = Array.from({ length: 21 }, newSecret)
    const answers: number[] = []
    for (const secret of secrets) answers.push((await savedAt(secret)).status)
    expect(answers).toEqual([...Array<number>(20).fill(200), 429])
    // by submitting neither
    const body = JSON.stringify({ form: cafeForm(120), locale: 'ru' })
    const begun = await server.ask('POST', '/api/join/submit', { headers: at(newSecret()), body })
    problem(begun, 429, 'too-many-requests')
    view(await savedAt(secrets[0] ?? ''))
  })

  test('what sends no mail takes nothing from a mailbox’s share', async () => {
    const form = cafeForm(130, { email: 'busy@example.org' })
    const secret = newSecret()
    for (let turn = 0; turn < 8; turn++) view(await submit(secret, form))
    view(await confirm(await mailed('busy@example.org')))
    // somebody else, of the same venue
    for (let turn = 0; turn < 8; turn++) problem(await submit(newSecret(), form), 409, 'duplicate-application')
    expect(await mailsTo('busy@example.org')).toBe(1)
    view(await submit(newSecret(), cafeForm(131, { email: 'busy@example.org' })))
  })

  test('nobody’s mailbox is filled, from however many addresses', async () => {
    const answers: number[] = []
    for (let turn = 0; turn < 8; turn++) {
      answers.push((await submit(newSecret(), cafeForm(100 + turn, { email: 'victim@example.org' }))).status)
    }
    expect(answers).toEqual([200, 200, 200, 200, 200, 200, 429, 429])
  })
})

test('nothing of an application is in the log', () => {
  const log = server.logLines.join('')
  for (const planted of ['Ромашка', 'Иванова', '79181234567', 'example.org', 'Ленина'])
    expect(log).not.toContain(planted)
})
