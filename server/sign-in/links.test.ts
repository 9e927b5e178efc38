import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { Problem } from '../../contract/http/problem.ts'
import { browserOf, type TestBrowser } from '../testing/browser.ts'
import { freshDatabase } from '../testing/database.ts'
import { registeredVenue } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import { firstOperatorLink } from '../accounts/first-operator.store.ts'

let now = new Date()
let server: TestServer
let operator: SignedIn
let participantId: number
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')), { clock: () => now, proxies: 1 })
  operator = await server.as([{ role: 'operator' }])
  participantId = (await registeredVenue(server.db.sql)).participant
})
afterAll(() => server.stop())

let networks = 0
const browser = (): TestBrowser => browserOf(server, { 'x-forwarded-for': `10.9.${++networks >> 8}.${networks & 255}` })
const expectProblem = (answer: Answer, status: number, code: Problem['code']): void =>
  expect([answer.status, Problem.parse(answer.body).code]).toEqual([status, code])

const Values = z.object({ link: z.string() })
/** The token of the newest mail of that kind. */
async function mailed(kind: string, to: string): Promise<string | undefined> {
  const row = await server.db.sql
    .selectFrom('mails')
    .select('values')
    .where('kind', '=', kind)
    .where('recipient', '=', to)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row && Values.parse(typeof row.values === 'string' ? JSON.parse(row.values) : row.values).link.split('#')[1]
}
let invited = 0
async function invite(): Promise<{ readonly email: string; readonly id: number; readonly token: string }> {
  const email = `invited-${++invited}@people.test`
  const body = { email, name: 'Приглашённый', locale: 'ru', grant: { role: 'owner', participantId } }
  const { body: answer, status } = await operator.post('/api/people/invite', body)
  expect(status).toBe(200)
  return { email, id: z.object({ id: z.int() }).parse(answer).id, token: (await mailed('invitation', email)) ?? '' }
}
const accept = (from: TestBrowser, token: string, password = 'новый пароль 1'): Promise<Answer> =>
  from.post('/api/invitations/accept', { token, name: 'Вера Павловна', password })

describe('an invitation', () => {
  test('is mailed, says whom it is for, sets name and password, and begins a session', async () => {
    const { email, token } = await invite()
    const from = browser()
    const read = await from.post('/api/links/read', { token })
    expect(read.body).toEqual({ kind: 'invitation', email, name: 'Приглашённый' })
    expect((await accept(from, token)).status).toBe(200)
    expect((await from.get('/api/me')).body).toMatchObject({ me: { email, name: 'Вера Павловна' } })
  })

  test('is good once, whoever comes at the same time', async () => {
    const { email, token } = await invite()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => accept(browser(), token, `пароль номер ${n}`)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, 404, 'link-over')
    expect((await server.db.sql.selectFrom('accounts').selectAll().where('email', '=', email).execute()).length).toBe(1)
  })

  test('is over after seven days, by another one, and with its account', async () => {
    const late = await invite()
    const before = now
    now = new Date(now.getTime() + 7 * 24 * 3600 * 1000 + 1)
    expectProblem(await accept(browser(), late.token), 404, 'link-over')
    now = before
    expect((await operator.post(`/api/people/${late.id}/invite`)).status).toBe(200)
    expectProblem(await accept(browser(), late.token), 404, 'link-over')
    const token = (await mailed('invitation', late.email)) ?? ''
    expect((await operator.post(`/api/people/${late.id}/disable`)).status).toBe(200)
    expectProblem(await accept(browser(), token), 404, 'link-over')
    expectProblem(await operator.post(`/api/people/${late.id}/invite`), 409, 'not-invited')
  })

  test('to whom there is already gives the role and no new password', async () => {
    const { email, id, token } = await invite()
    await accept(browser(), token)
    const grant = { role: 'staff', participantId }
    const again = await operator.post('/api/people/invite', { email, name: 'Другое имя', locale: 'en', grant })
    expect(again.body).toEqual({ id })
    expect(await mailed('invitation', email)).toBeUndefined()
    expect((await operator.get(`/api/people?search=${email}`)).body).toMatchObject({
      rows: [{ name: 'Вера Павловна', grants: [{ role: 'owner' }, grant] }],
    })
  })

  test('wants a password that is one', async () => {
    const { token } = await invite()
    for (const password of ['короткий', 'aaaaaaaaaaaa', 'x'.repeat(201)]) {
      const answer = await accept(browser(), token, password)
      expect(new Set(Problem.parse(answer.body).errors?.map(({ field }) => field))).toEqual(new Set(['password']))
    }
    expect((await accept(browser(), token)).status).toBe(200)
  })

  test('cannot be used for something else', async () => {
    const { token } = await invite()
    const reset = await browser().post('/api/password-reset/finish', { token, password: 'новый пароль 1' })
    expectProblem(reset, 404, 'link-over')
    expectProblem(
      await browser().post('/api/first-operator', {
        token,
        email: 'a@b.test',
        name: 'Имя',
        password: 'новый пароль 1',
      }),
      404,
      'link-over',
    )
    expectProblem(await browser().post('/api/links/read', { token: 'x'.repeat(43) }), 404, 'link-over')
  })
})

describe('a new password', () => {
  const come = async () => {
    const one = await invite()
    const own = browser()
    await accept(own, one.token)
    return { ...one, own }
  }

  test('is asked for in the same words and the same time, whether there is an account or not', async () => {
    const { email, id } = await come()
    const there = await browser().post('/api/password-reset', { email })
    const nobody = await browser().post('/api/password-reset', { email: 'nobody@people.test' })
    expect([there.status, there.text]).toEqual([nobody.status, nobody.text])
    const names = ({ headers }: Answer): string[] => Object.keys(headers).toSorted()
    expect(names(there)).toEqual(names(nobody))
    await until(async () => (await mailed('password-reset', email)) !== undefined)
    expect(await mailed('password-reset', 'nobody@people.test')).toBeUndefined()
    // nor by how often one may ask
    for (const address of [email, 'nobody@people.test']) {
      const statuses: number[] = []
      for (let n = 0; n < 3; n += 1)
        statuses.push((await browser().post('/api/password-reset', { email: address })).status)
      expect(statuses).toEqual([200, 200, 429])
    }
    await operator.post(`/api/people/${id}/disable`)
  })

  test('ends all sessions, and the old password; the link is good once and for an hour', async () => {
    const { email, own } = await come()
    await browser().post('/api/password-reset', { email })
    await until(async () => (await mailed('password-reset', email)) !== undefined)
    const token = (await mailed('password-reset', email)) ?? ''
    const finish = (from: TestBrowser, n = 0): Promise<Answer> =>
      from.post('/api/password-reset/finish', { token, password: `совсем новый ${n}` })
    const before = now
    now = new Date(now.getTime() + 3600_000 + 1)
    expectProblem(await finish(browser()), 404, 'link-over')
    now = before
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => finish(browser(), n)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await own.get('/api/me')).body).toMatchObject({ me: null })
    const old = await browser().post('/api/sign-in', { email, password: 'новый пароль 1' })
    expectProblem(old, 401, 'wrong-credentials')
  })

  test('gets its owner past strangers who guess', async () => {
    const { email } = await come()
    for (let n = 0; n < 31; n += 1) await browser().post('/api/sign-in', { email, password: 'wrong password' })
    const own = browser()
    const signIn = { email, password: 'совсем новый 7' }
    expectProblem(await own.post('/api/sign-in', signIn), 429, 'too-many-attempts')
    await own.post('/api/password-reset', { email })
    await until(async () => (await mailed('password-reset', email)) !== undefined)
    const token = (await mailed('password-reset', email)) ?? ''
    await own.post('/api/password-reset/finish', { token, password: signIn.password })
    expect((await own.post('/api/sign-in', signIn)).status).toBe(200)
  })
})

test('sessions: listed with their browsers, ended one by one and all others at once', async () => {
  const { email, token } = await invite()
  const firefox = browserOf(server, {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'x-forwarded-for': '2001:db8::7',
  })
  await accept(firefox, token)
  const signIn = { email, password: 'новый пароль 1' }
  const others = [browser(), browser(), browser()]
  for (const other of others) await other.post('/api/sign-in', signIn)
  const Sessions = z.object({
    sessions: z.array(z.object({ id: z.int(), device: z.string(), network: z.string(), current: z.boolean() })),
  })
  const { sessions } = Sessions.parse((await firefox.get('/api/me/sessions')).body)
  expect(sessions).toHaveLength(4)
  expect(sessions.find(({ current }) => current)).toMatchObject({ device: 'Firefox · Linux', network: '2001:db8:0:0' })
  const another = sessions.find(({ current }) => !current)
  expect((await firefox.post(`/api/me/sessions/${another?.id}/end`)).status).toBe(200)
  expectProblem(await firefox.post(`/api/me/sessions/${another?.id}/end`), 404, 'not-found')
  // nobody else's
  expectProblem(await operator.post(`/api/me/sessions/${sessions[0]?.id}/end`), 404, 'not-found')
  expect((await firefox.post('/api/me/sessions/end-others')).body).toEqual({ ended: 2 })
  for (const other of others) expect((await other.get('/api/me')).body).toMatchObject({ me: null })
  expect((await firefox.get('/api/me')).body).toMatchObject({ me: { email } })
})

test('a session ends after 12 hours of rest, and after seven days in any case', async () => {
  const { token } = await invite()
  const own = browser()
  await accept(own, token)
  const begun = now
  const isIn = async (): Promise<boolean> => (await own.get('/api/me/sessions')).status === 200
  for (let hours = 11; hours < 7 * 24; hours += 11) {
    now = new Date(begun.getTime() + hours * 3600_000)
    expect(await isIn()).toBe(true)
  }
  now = new Date(begun.getTime() + 7 * 24 * 3600_000 + 1)
  expect(await isIn()).toBe(false)
  now = begun
  const second = await invite()
  const idle = browser()
  await accept(idle, second.token)
  now = new Date(begun.getTime() + 12 * 3600_000 + 1)
  expect((await idle.get('/api/me/sessions')).status).toBe(401)
  now = begun
})

describe('the Operator', () => {
  test('who is the last one cannot be taken away, nor two by each other at once', async () => {
    const alone = await testServer(await freshDatabase(inject('postgresUrl')))
    try {
      const [one, other] = [await alone.as([{ role: 'operator' }]), await alone.as([{ role: 'operator' }])]
      await alone.db.sql.updateTable('accounts').set({ password: 'x' }).execute()
      const takeAway = (who: SignedIn, whom: SignedIn): Promise<Answer>[] => [
        who.post(`/api/people/${whom.person.accountId}/disable`),
        who.post(`/api/people/${whom.person.accountId}/grants/remove`, { grant: { role: 'operator' } }),
      ]
      const answers = await Promise.all([...takeAway(one, other), ...takeAway(other, one)])
      for (const { status } of answers) expect(status).toBeLessThan(500)
      const left = await alone.db.sql
        .selectFrom('accounts')
        .innerJoin('grants', 'account_id', 'accounts.id')
        .select('accounts.id')
        .where('disabled_at', 'is', null)
        .execute()
      expect(left).toHaveLength(1)
      const last = left[0]?.id === one.person.accountId ? one : other
      expectProblem(await last.post(`/api/people/${last.person.accountId}/disable`), 409, 'last-operator')
    } finally {
      await alone.stop()
    }
  })

  test('who is the first comes by a link that is printed, good once, and no longer made then', async () => {
    const fresh = await testServer(await freshDatabase(inject('postgresUrl')))
    try {
      const clock = (): Date => new Date()
      const earlier = (await firstOperatorLink(fresh.db.sql, fresh.url, clock(), false))?.split('#')[1] ?? ''
      const token = (await firstOperatorLink(fresh.db.sql, fresh.url, clock(), false))?.split('#')[1] ?? ''
      const body = { email: 'first@people.test', name: 'Первый', password: 'первый пароль' }
      expectProblem(await browserOf(fresh).post('/api/first-operator', { ...body, token: earlier }), 404, 'link-over')
      const answers = await Promise.all(
        [1, 2, 3].map((n) =>
          browserOf(fresh).post('/api/first-operator', { ...body, email: `${n}@people.test`, token }),
        ),
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(await firstOperatorLink(fresh.db.sql, fresh.url, clock(), false)).toBeUndefined()
    } finally {
      await fresh.stop()
    }
  })

  test('resets a lost second factor, ends sessions, gives back the way in', async () => {
    const { id, token } = await invite()
    const own = browser()
    await accept(own, token)
    expect((await operator.post(`/api/people/${id}/end-sessions`)).body).toEqual({ ended: 1 })
    expect((await own.get('/api/me')).body).toMatchObject({ me: null })
    expect((await operator.post(`/api/people/${id}/second-factor/reset`)).status).toBe(200)
    expect((await operator.post(`/api/people/${id}/disable`)).status).toBe(200)
    expect((await operator.get(`/api/people?state=disabled&search=invited-`)).body).toMatchObject({
      total: expect.any(Number) as number,
    })
    expect((await operator.post(`/api/people/${id}/enable`)).status).toBe(200)
    for (const deed of ['disable', 'enable', 'end-sessions', 'invite', 'second-factor/reset']) {
      expectProblem(await operator.post(`/api/people/2000000000/${deed}`), 404, 'not-found')
    }
  })
})
