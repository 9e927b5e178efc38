import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { Problem } from '../../contract/http/problem.ts'
import { freshDatabase } from '../testing/database.ts'
import { browserOf, type TestBrowser } from '../testing/browser.ts'
import { registeredVenue } from '../testing/registrations.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { hashPassword } from '../accounts/password-hash.io.ts'
import type { Grant } from '../accounts/person.ts'
import { addGrant } from '../accounts/accounts.store.ts'

const PASSWORD = 'верный пароль 1'
let server: TestServer
let owner: Grant
// proxies: 1, so that a test can come from networks of its own
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')), { proxies: 1 })
  owner = { role: 'owner', participantId: (await registeredVenue(server.db.sql)).participant }
})
afterAll(() => server.stop())

let made = 0
async function account(...grants: Grant[]): Promise<{ readonly id: number; readonly email: string }> {
  const email = `person-${++made}@people.test`
  const values = { email, name: 'Имя', password: await hashPassword(PASSWORD) }
  const { id } = await server.db.sql.insertInto('accounts').values(values).returning('id').executeTakeFirstOrThrow()
  for (const grant of grants) await addGrant(server.db.sql, id, grant)
  return { id, email }
}
let networks = 0
const newNetwork = (): string => `10.${++networks >> 8}.${networks & 255}.7`
const browser = (network = newNetwork()): TestBrowser => browserOf(server, { 'x-forwarded-for': network })
const signIn = (from: TestBrowser, email: string, password = PASSWORD, code?: string): Promise<Answer> =>
  from.post('/api/sign-in', { email, password, ...(code !== undefined && { code }) })

function expectProblem(answer: Answer, status: number, code: Problem['code']): void {
  expect([answer.status, Problem.parse(answer.body).code]).toEqual([status, code])
}

describe('a session', () => {
  test('begins with address and password, whatever letters the address is typed in', async () => {
    const { email } = await account(owner)
    const one = browser()
    const answer = await signIn(one, ` ${email.toUpperCase()} `)
    expect(answer.body).toEqual({ kind: 'signed-in' })
    const [session] = [answer.headers['set-cookie']].flat().filter((cookie) => cookie?.startsWith('dopusk-session='))
    expect(session).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/)
    expect((await one.get('/api/me')).body).toMatchObject({ me: { email, secondFactor: 'off' } })
  })

  test('is kept only as a digest', async () => {
    const { id, email } = await account(owner)
    const one = browser()
    await signIn(one, email)
    const rows = await server.db.sql.selectFrom('sessions').selectAll().where('account_id', '=', id).execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(one.cookie('dopusk-session'))
  })

  test('of a planted cookie never becomes anybody’s: signing in always makes another', async () => {
    const { email } = await account(owner)
    const planted = 'x'.repeat(43)
    const victim = browser()
    victim.plant('dopusk-session', planted)
    await signIn(victim, email)
    expect(victim.cookie('dopusk-session')).not.toBe(planted)
    const attacker = browser()
    attacker.plant('dopusk-session', planted)
    expect((await attacker.get('/api/me')).body).toMatchObject({ me: null })
  })

  test('that was there before ends when its browser signs in anew', async () => {
    const { email } = await account(owner)
    const one = browser()
    await signIn(one, email)
    const before = browser()
    before.plant('dopusk-session', one.cookie('dopusk-session') ?? '')
    expect((await before.get('/api/me')).body).toMatchObject({ me: { email } })
    await signIn(one, email)
    expect((await before.get('/api/me')).body).toMatchObject({ me: null })
  })

  test('does not begin for the disabled, for the invited, for nobody, or with another password', async () => {
    const disabled = await account(owner)
    await server.db.sql.updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', disabled.id).execute()
    const invited = await account(owner)
    await server.db.sql.updateTable('accounts').set({ password: null }).where('id', '=', invited.id).execute()
    const good = await account(owner)
    for (const [email, password] of [
      [disabled.email, PASSWORD],
      [invited.email, PASSWORD],
      ['nobody@people.test', PASSWORD],
      [good.email, 'верный пароль 2'],
    ] as const) {
      expectProblem(await signIn(browser(), email, password), 401, 'wrong-credentials')
    }
  })

  test('that is running ends with its account', async () => {
    const { id, email } = await account(owner)
    const one = browser()
    await signIn(one, email)
    await server.db.sql.updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', id).execute()
    expectProblem(await one.get('/api/me/sessions'), 401, 'unauthenticated')
  })

  test('a hash of older parameters is made anew by signing in', async () => {
    const { id, email } = await account(owner)
    const weak = await hashPassword(PASSWORD, { memory: 8192, passes: 1, lanes: 1 })
    await server.db.sql.updateTable('accounts').set({ password: weak }).where('id', '=', id).execute()
    expect((await signIn(browser(), email)).status).toBe(200)
    const after = await server.db.sql.selectFrom('accounts').select('password').where('id', '=', id).executeTakeFirst()
    expect(after?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await signIn(browser(), email)).status).toBe(200)
  })
})

describe('guessing', () => {
  test('ends after five wrong passwords from one place, also when they come at once', async () => {
    const { email } = await account(owner)
    const from = browser()
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(from, email, `wrong ${n}`)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(15)
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0)
    // the right one neither
    expectProblem(await signIn(from, email), 429, 'too-many-attempts')
  })

  test('shuts out nobody whom the account knows: not the device, not the network', async () => {
    const { email } = await account(owner)
    const device = browser()
    const home = newNetwork()
    await signIn(device, email)
    await signIn(browser(home), email)
    // 30 strangers an hour, from anywhere
    for (let n = 0; n < 31; n += 1) await signIn(browser(), email, 'wrong password')
    expectProblem(await signIn(browser(), email), 429, 'too-many-attempts')
    expect((await signIn(browser(home), email)).status).toBe(200)
    device.plant('dopusk-session', 'x'.repeat(43))
    expect((await signIn(device, email)).status).toBe(200)
  })

  test('on many addresses from one network ends too', async () => {
    const network = newNetwork()
    const statuses = await Promise.all(
      Array.from({ length: 110 }, (_, n) => signIn(browser(network), `guess-${n}@people.test`, 'wrong password')),
    )
    expect(statuses.filter(({ status }) => status === 429)).toHaveLength(10)
  })

  test('is limited in the same way where there is no account', async () => {
    const from = browser()
    const statuses: number[] = []
    for (let n = 0; n < 6; n += 1) statuses.push((await signIn(from, 'no-one@people.test', 'wrong password')).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('a known device that guesses is stopped too, and nobody else is', async () => {
    const { email } = await account(owner)
    const device = browser()
    await signIn(device, email)
    const statuses: number[] = []
    for (let n = 0; n < 11; n += 1) statuses.push((await signIn(device, email, 'wrong password')).status)
    expect(statuses.at(-1)).toBe(429)
    expect((await signIn(browser(), email)).status).toBe(200)
  })
})

describe('the second factor', () => {
  const withFactor = async () => {
    const one = await account({ role: 'coordinator', branch: 'sport' })
    const own = browser()
    await signIn(own, one.email)
    const begun = await own.post('/api/me/second-factor/begin')
    const { secret } = begun.body as { secret: string }
    const code = generateSync({ secret, epoch: Math.floor(Date.now() / 1000) })
    const confirmed = await own.post('/api/me/second-factor/confirm', { code })
    expect(confirmed.status).toBe(200)
    const { recoveryCodes } = confirmed.body as { recoveryCodes: string[] }
    return { ...one, own, secret, code, recoveryCodes }
  }

  test('is asked of a Coordinator before anything else', async () => {
    const { email } = await account({ role: 'coordinator', branch: 'sport' })
    const own = browser()
    await signIn(own, email)
    expect((await own.get('/api/me')).body).toMatchObject({ me: { secondFactor: 'needed' } })
    expectProblem(await own.get('/api/me/sessions'), 403, 'second-factor-needed')
    expectProblem(await own.post('/api/me/second-factor/confirm', { code: '000000' }), 401, 'wrong-code')
  })

  test('then every sign-in needs a code, each good once', async () => {
    const { email, own, secret, code, recoveryCodes } = await withFactor()
    expect(recoveryCodes).toHaveLength(10)
    expect((await own.get('/api/me/sessions')).status).toBe(200)
    const other = browser()
    expect((await signIn(other, email)).body).toEqual({ kind: 'code-needed' })
    expect((await other.get('/api/me')).body).toMatchObject({ me: null })
    // used up by the confirmation
    expectProblem(await signIn(other, email, PASSWORD, code), 401, 'wrong-code')
    const next = generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 })
    const both = await Promise.all([signIn(browser(), email, PASSWORD, next), signIn(browser(), email, PASSWORD, next)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401])
    const late = generateSync({ secret, epoch: Math.floor(Date.now() / 1000) - 90 })
    expectProblem(await signIn(other, email, PASSWORD, late), 401, 'wrong-code')
  })

  test('a recovery code stands for it once, typed with or without its dash', async () => {
    const { email, recoveryCodes } = await withFactor()
    const [first = '', second = ''] = recoveryCodes
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn(browser(), email, PASSWORD, first)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await signIn(browser(), email, PASSWORD, second.toLowerCase().replace('-', ' '))).status).toBe(200)
  })

  test('guessing codes ends, for whoever knows the password', async () => {
    const { email } = await withFactor()
    const from = browser()
    const statuses: number[] = []
    for (let n = 0; n < 11; n += 1) statuses.push((await signIn(from, email, PASSWORD, '000000')).status)
    expect(statuses.at(-1)).toBe(429)
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true)
  })

  test('stays while a role needs it, and cannot be replaced from a page left open', async () => {
    const { own, recoveryCodes } = await withFactor()
    expectProblem(await own.post('/api/me/second-factor/off', { code: recoveryCodes[0] }), 409, 'second-factor-stays')
    expectProblem(await own.post('/api/me/second-factor/begin'), 409, 'second-factor-stays')
  })

  test('an owner adds and removes it at will', async () => {
    const { email } = await account(owner)
    const own = browser()
    await signIn(own, email)
    const { secret } = (await own.post('/api/me/second-factor/begin')).body as { secret: string }
    const code = generateSync({ secret, epoch: Math.floor(Date.now() / 1000) })
    const { recoveryCodes } = (await own.post('/api/me/second-factor/confirm', { code })).body as {
      recoveryCodes: string[]
    }
    expectProblem(await own.post('/api/me/second-factor/off', { code: 'AAAAA-AAAAA' }), 401, 'wrong-code')
    expect((await own.post('/api/me/second-factor/off', { code: recoveryCodes[3] })).status).toBe(200)
    expect((await signIn(browser(), email)).body).toEqual({ kind: 'signed-in' })
  })

  test('its secret is not readable in the database', async () => {
    const { id, secret } = await withFactor()
    const row = await server.db.sql.selectFrom('accounts').select('totp_secret').where('id', '=', id).executeTakeFirst()
    expect(row?.totp_secret?.toString('latin1')).not.toContain(secret)
  })
})
