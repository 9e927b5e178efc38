/** A real provider (oidc-provider) on loopback; the browser's part is played with plain requests. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { browserOf, type TestBrowser } from '../testing/browser.ts'
import { freshDatabase } from '../testing/database.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { newLink } from '../accounts/links.store.ts'
import { addGrant } from '../accounts/accounts.store.ts'

interface Person {
  readonly email: string
  readonly email_verified: boolean
}
const people = new Map<string, Person>()

let http: Server
let issuer: string
let server: TestServer
beforeAll(async () => {
  http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const settings = { name: 'ЕСИА', issuer, clientId: 'dopusk', clientSecret: 'a secret of both' }
  server = await testServer(await freshDatabase(inject('postgresUrl')), { provider: settings })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [`${server.url}/api/oidc/callback`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  })
  const answer = provider.callback()
  http.on('request', (request, response) => void answer(request, response))
})
afterAll(async () => {
  await server.stop()
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
})

/** A browser at the provider: follows its pages, signs in as `subject`, agrees. @returns the address back to us */
async function through(address: string, subject: string): Promise<string> {
  const jar = new Map<string, string>()
  const ask = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return answer
  }
  let url = address
  for (let step = 0; step < 12; step += 1) {
    const answer = await ask(url)
    let next = answer.headers.get('location')
    if (next === null) {
      const page = await answer.text()
      const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
      const form = new URLSearchParams({ prompt, login: subject, password: 'any' })
      next = (await ask(new URL(action, issuer).href, form)).headers.get('location')
    }
    url = new URL(next ?? '', issuer).href
    if (url.startsWith(server.url)) return url.slice(server.url.length)
  }
  throw new Error('the provider leads nowhere')
}

const begin = async (own: TestBrowser): Promise<string> => {
  const started = await own.get('/api/oidc/start')
  expect(started.status).toBe(303)
  return String(started.headers['location'])
}
async function signIn(own: TestBrowser, subject: string): Promise<Answer> {
  return own.get(await through(await begin(own), subject))
}
async function account(email: string): Promise<number> {
  const { id } = await server.db.sql
    .insertInto('accounts')
    .values({ email, name: 'Имя' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await addGrant(server.db.sql, id, { role: 'coordinator', branch: 'trade' })
  return id
}
const meOf = async (own: TestBrowser): Promise<unknown> => (await own.get('/api/me')).body

test('whom the provider vouches for by a verified address signs in, and later by the subject alone', async () => {
  await account('anna@people.test')
  people.set('subject-anna', { email: 'Anna@people.test', email_verified: true })
  const own = browserOf(server)
  expect((await signIn(own, 'subject-anna')).headers['location']).toBe('/office')
  expect(await meOf(own)).toMatchObject({
    me: { email: 'anna@people.test', secondFactor: 'waived', hasPassword: false },
    provider: 'ЕСИА',
  })
  // another address there, the same person
  people.set('subject-anna', { email: 'new@people.test', email_verified: true })
  const again = browserOf(server)
  await signIn(again, 'subject-anna')
  expect(await meOf(again)).toMatchObject({ me: { email: 'anna@people.test' } })
  // and whoever gets the old address does not become Anna
  people.set('subject-other', { email: 'anna@people.test', email_verified: true })
  const other = browserOf(server)
  expect((await signIn(other, 'subject-other')).headers['location']).toBe('/office/sign-in?provider=unknown')
  expect(await meOf(other)).toMatchObject({ me: null })
})

test('an address that was not verified, one without account, a disabled account: none of them', async () => {
  await account('boris@people.test')
  people.set('subject-boris', { email: 'boris@people.test', email_verified: false })
  const disabled = await account('vera@people.test')
  people.set('subject-vera', { email: 'vera@people.test', email_verified: true })
  await server.db.sql.updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', disabled).execute()
  people.set('subject-nobody', { email: 'nobody@people.test', email_verified: true })
  for (const subject of ['subject-boris', 'subject-vera', 'subject-nobody']) {
    const own = browserOf(server)
    expect((await signIn(own, subject)).headers['location']).toBe('/office/sign-in?provider=unknown')
    expect(await meOf(own)).toMatchObject({ me: null })
  }
})

test('who came through the provider has no invitation left: it would be a way round the second factor', async () => {
  const { sql } = server.db
  const id = await account('dina@people.test')
  const invite = (): Promise<string> => newLink(sql, { kind: 'invitation', accountId: id, now: new Date() })
  const mailed = await invite()
  people.set('subject-dina', { email: 'dina@people.test', email_verified: true })
  expect((await signIn(browserOf(server), 'subject-dina')).headers['location']).toBe('/office')
  const links = await sql.selectFrom('links').select('used_at').where('account_id', '=', id).execute()
  expect(links).toEqual([{ used_at: expect.any(Date) as Date }])
  // the second was made before such links ended
  for (const token of [mailed, await invite()]) {
    const own = browserOf(server)
    const body = { token, name: 'Кто-то другой', password: 'новый пароль 1' }
    expect((await own.post('/api/invitations/accept', body)).status).toBe(404)
    expect(await meOf(own)).toMatchObject({ me: null })
  }
  const after = await sql.selectFrom('accounts').select(['name', 'password']).where('id', '=', id).execute()
  expect(after).toEqual([{ name: 'Имя', password: null }])
})

test('an answer for another browser, a second time, or with another state is refused', async () => {
  await account('gleb@people.test')
  people.set('subject-gleb', { email: 'gleb@people.test', email_verified: true })
  const own = browserOf(server)
  const back = await through(await begin(own), 'subject-gleb')

  const stranger = browserOf(server)
  expect((await stranger.get(back)).headers['location']).toBe('/office/sign-in?provider=late')
  // with an errand of its own: whose code is given to a victim's browser signs nobody in
  await begin(stranger)
  expect((await stranger.get(back)).headers['location']).toBe('/office/sign-in?provider=refused')
  expect(await meOf(stranger)).toMatchObject({ me: null })

  const bent = browserOf(server)
  const forged = (await through(await begin(bent), 'subject-gleb')).replace(/state=[^&]+/, 'state=another')
  expect((await bent.get(forged)).headers['location']).toBe('/office/sign-in?provider=refused')

  expect((await own.get(back)).headers['location']).toBe('/office')
  expect((await own.get(back)).headers['location']).toBe('/office/sign-in?provider=late')
})

test('the errand is sealed, and kept from scripts and from other sites’ requests', async () => {
  const answer = await browserOf(server).get('/api/oidc/start')
  const cookie = [answer.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('dopusk-oidc='))
  expect(cookie).toMatch(/; Path=\/api\/oidc\/callback; HttpOnly; SameSite=Lax; Max-Age=600$/)
  const state = new URL(String(answer.headers['location'])).searchParams.get('state') ?? ''
  expect(cookie).not.toContain(state)
})

test('a provider that is away is said to be', async () => {
  const provider = { name: 'X', issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'x' }
  const alone = await testServer(await freshDatabase(inject('postgresUrl')), { provider })
  const answer = await alone.ask('GET', '/api/oidc/start')
  expect([answer.status, answer.headers['location']]).toEqual([303, '/office/sign-in?provider=away'])
  await alone.stop()
})
