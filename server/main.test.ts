/** The server as it is run: a process, its environment, its log, its signals; and the operator beside it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { v7 } from 'uuid'
import { z } from 'zod'
import { readEnrolment } from '../contract/kiosk/enrolment.ts'
import { DOCUMENT_TYPES, KeySet, SignedDocument } from '../contract/kiosk/keys.ts'
import { openDocument } from './keys/signed-document.ts'
import { readSettings, settingsTable } from './settings.ts'
import { freshDatabase } from './testing/database.ts'
import { enrolDevice, type EnrolledDevice } from './testing/devices.ts'
import { until } from './testing/test-server.ts'

const root = join(import.meta.dirname, '..')
const started: Run[] = []
let data: string
let databaseUrl: string
let kiosk: EnrolledDevice | undefined
const tokens = new Map<string, string>()
// for each try its own: what was made, added and revoked is not there yet
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'dopusk-main-'))
  databaseUrl = await freshDatabase(inject('postgresUrl'))
  kiosk = undefined
  tokens.clear()
})
afterEach(async () => {
  await Promise.all(started.splice(0).map(async ({ child, ended }) => child.kill('SIGKILL') && ended))
  rmSync(data, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly ended: Promise<number | null>
}
function run(file: string, args: readonly string[] = [], environment: Record<string, string> = {}): Run {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DOPUSK_DATA: data,
    PORT: '',
    HOST: '',
    LOG_LEVEL: '',
    ...environment,
  }
  const child = spawn(process.execPath, [join(root, file), ...args], {
    env,
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const running = { child, out: () => out, ended: new Promise<number | null>((resolve) => child.on('close', resolve)) }
  started.push(running)
  return running
}
async function command(file: string, args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const { ended, out } = run(file, args)
  const code = await ended
  return { code, out: out().trim() }
}
const operator = (...args: readonly string[]): Promise<{ code: number | null; out: string }> =>
  command('server/operator/operator.ts', args)
const Listening = z.object({ msg: z.literal('listening'), url: z.url() })
async function serve(environment: Record<string, string> = {}): Promise<Run & { url: string }> {
  const server = run('server/main.ts', [], { DOPUSK_DEMO: '1', ...environment })
  const line = (): string | undefined =>
    server
      .out()
      .split('\n')
      .find((each) => each.includes('"listening"'))
  await until(() => line() !== undefined || server.child.exitCode !== null, 60_000)
  return { ...server, url: Listening.parse(JSON.parse(line() ?? server.out())).url }
}
const Demo = z.object({
  url: z.string(),
  enrolment: z.string(),
  accessPoints: z.array(z.object({ id: z.int() })),
  samples: z.array(z.object({ file: z.string(), text: z.string(), expect: z.string() })),
})
const demoFile = (): string => join(data, 'demo', 'demo.json')
const demo = (): z.infer<typeof Demo> => Demo.parse(JSON.parse(readFileSync(demoFile(), 'utf8')))

async function tokenAt(url: string): Promise<string> {
  kiosk ??= await enrolDevice(url, demo().enrolment)
  const token = tokens.get(url) ?? (await kiosk.token(url))
  tokens.set(url, token)
  return token
}

async function scan(url: string, credential: string, body?: string): Promise<string> {
  const { accessPoints } = demo()
  const token = await tokenAt(url)
  const request = { id: v7(), accessPoint: accessPoints[0]?.id, credential, presentedAt: new Date().toISOString() }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/admissions`, { method: 'POST', headers, body: body ?? JSON.stringify(request) })
  const Answer = z
    .object({ outcome: z.string(), reason: z.string(), reference: z.string(), code: z.string() })
    .partial()
  const { outcome, reason, reference, code } = Answer.parse(await answer.json())
  if (outcome === undefined) return `${answer.status} ${code ?? ''}`
  return [outcome, ...(reason === undefined ? [] : [reason]), ...(reference === undefined ? [] : [reference])].join(':')
}

describe('the server process', { timeout: 90_000 }, () => {
  test('makes demonstration data whose samples get the answers they are samples of, once', async () => {
    const first = await serve()
    const before = demo()
    expect(before.url).toBe(first.url)
    expect(statSync(demoFile()).mode & 0o777).toBe(0o600)
    for (const { text, expect: expected, file } of before.samples) {
      expect(readFileSync(join(data, 'demo', file.replace('.png', '.txt')), 'utf8')).toBe(`${text}\n`)
      const png = readFileSync(join(data, 'demo', file))
      expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(600)
      expect((await scan(first.url, text)).startsWith(expected)).toBe(true)
    }
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    const second = await serve()
    const { enrolment, ...rest } = demo()
    expect({ ...rest, enrolment: before.enrolment }).toEqual({ ...before, url: second.url })
    // the first code was spent
    expect(readEnrolment(enrolment)).toMatchObject({ server: second.url })
    expect(readEnrolment(enrolment)?.code).not.toBe(readEnrolment(before.enrolment)?.code)
    second.child.kill('SIGINT')
    expect(await second.ended).toBe(0)
  })

  test('answers what it was asked before it stops', async () => {
    const server = await serve()
    const [sample] = demo().samples
    await tokenAt(server.url)
    const asked = Array.from({ length: 50 }, () => scan(server.url, sample?.text ?? ''))
    await asked[0]
    server.child.kill('SIGTERM')
    const answers = await Promise.allSettled(asked)
    const answered = answers.filter((one) => one.status === 'fulfilled')
    expect(answered.map(({ value }) => value)).toEqual(answered.map(() => 'granted'))
    expect(await server.ended).toBe(0)
  })

  test('keeps passes, tokens and reasons out of its log, whatever comes', async () => {
    const server = await serve({ LOG_LEVEL: 'trace' })
    const { samples, enrolment } = demo()
    const token = await tokenAt(server.url)
    const restricted = await operator('restrict', samples[1]?.text ?? '', '--days', '1', '--reason', 'planted-reason')
    expect(restricted.code).toBe(0)
    await until(async () => (await scan(server.url, samples[1]?.text ?? '')).startsWith('denied:restricted'))
    for (const { text } of samples) {
      await scan(server.url, text)
      await scan(server.url, text.slice(0, -1))
      expect(await scan(server.url, '', `{"credential": "${text}"`)).toBe('400 malformed-json')
      await scan(server.url, '', JSON.stringify({ [text]: 1 }))
      await fetch(`${server.url}/${encodeURIComponent(text)}?pass=${encodeURIComponent(text)}`)
      await fetch(`${server.url}/v1/config`, {
        headers: { authorization: `Bearer ${token}x`, 'x-pass': text },
      })
    }
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    const planted = [
      token.slice(-40),
      readEnrolment(enrolment)?.code ?? '',
      'planted-reason',
      ...samples.flatMap(({ text }) => [text.slice(4, 24), text.slice(-20)]),
    ]
    const log = server.out()
    expect(log).toContain('"route":"admit"')
    expect(planted.filter((secret) => log.includes(secret) || log.includes(encodeURIComponent(secret)))).toEqual([])
  })

  test.each([
    ['PORT', '99999'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['LOG_LEVEL', 'loud'],
    ['DOPUSK_DEMO', 'yes'],
  ])('%s=%s is named in one sentence', async (name, value) => {
    const server = run('server/main.ts', [], { [name]: value })
    expect(await server.ended).toBe(1)
    expect(server.out().trim().split('\n')).toHaveLength(1)
    expect(server.out()).toContain(name)
  })

  test('says in one sentence that the database is not there', async () => {
    const server = run('server/main.ts', [], { DATABASE_URL: 'postgres://secret-user:secret-word@127.0.0.1:1/none' })
    expect(await server.ended).toBe(1)
    expect(server.out().trim().split('\n')).toHaveLength(1)
    expect(server.out()).toContain('DATABASE_URL')
    expect(server.out()).not.toContain('secret')
  })
})

test('each setting has a default or may be absent', () => {
  expect(readSettings({})).toMatchObject({ host: '127.0.0.1', port: 0, databaseUrl: undefined, demo: false })
  expect(Object.values(settingsTable).every(({ name, meaning }) => name !== '' && meaning !== '')).toBe(true)
})

describe('keys', { timeout: 90_000 }, () => {
  const keys = (...args: readonly string[]): Promise<{ code: number | null; out: string }> =>
    command('server/keys-command/keys-command.ts', args)

  test('a root that lies elsewhere signs what the server’s tables say; kiosks hear of it', async () => {
    const server = await serve()
    const usb = join(data, 'usb')
    const root = (await keys('root', '--root', join(usb, 'root.pem'))).out
    expect(root).toMatch(/^[\w-]{43}$/)
    expect((await keys('root', '--root', join(usb, 'root.pem'))).code).toBe(1)
    expect(statSync(join(usb, 'root.pem')).mode & 0o777).toBe(0o600)
    const nowhere = ['--root', join(data, 'nowhere.pem')]
    const { out } = await keys('rotate', 'static', '--ahead', '2', ...nowhere)
    const keyId = Number(/Pass key (\d+)/.exec(out)?.[1])
    const unsigned = join(data, 'server', 'keys', 'key-set.unsigned.json')
    expect((await keys('sign', unsigned, '--root', join(usb, 'root.pem'))).code).toBe(0)
    expect((await keys('publish', `${unsigned}.jws`, '--root-key', 'A'.repeat(43))).code).toBe(1)
    expect((await keys('publish', `${unsigned}.jws`, '--root-key', root)).code).toBe(0)
    expect((await keys('publish', `${unsigned}.jws`, '--root-key', root)).out).toContain('is published already')
    const published = async (): Promise<KeySet> => {
      const { jws } = SignedDocument.parse(await (await fetch(`${server.url}/v1/keys`)).json())
      return openDocument(jws, DOCUMENT_TYPES.keys, KeySet, root)
    }
    await until(() =>
      published().then(
        ({ keys: all }) =>
          all.some((key) => key.keyId === keyId && Date.parse(key.notBefore ?? '') > Date.now() + 86_400_000),
        () => false,
      ),
    )
    expect((await keys('revoke', String(keyId), '--root', join(usb, 'root.pem'))).code).toBe(0)
    await until(async () => (await published()).keys.some((key) => key.keyId === keyId && key.revoked))
    expect((await keys('revoke', String(keyId), ...nowhere)).code).toBe(1)
    expect(JSON.parse((await keys('show')).out)).toEqual(await published())
    server.child.kill('SIGTERM')
    await server.ended
  })

  test.each([
    [['rotate'], /^use: is missing/],
    [['rotate', 'everything'], /^use: /],
    [['revoke', 'me'], /^key: /],
    [['revoke', '255'], /^key: there is no such key/],
    [['sign', 'nothing.json'], /nothing\.json/],
    [['dance'], /dance: there is no such command/],
  ])('%j says what is wrong', async (args, sentence) => {
    const { code, out } = await keys(...args)
    expect(code).toBe(1)
    expect(out.split('\n').at(-1)).toMatch(sentence)
  })
})

describe('the operator', { timeout: 90_000 }, () => {
  test('makes a venue, its door and its device, issues, restricts, finds and lifts', async () => {
    const server = await serve()
    expect((await operator('venue-add', 'C1', 'Кафе')).code).toBe(0)
    const point = /Access point (\d+)/.exec((await operator('access-point-add', 'C1', 'Вход', 'entry')).out)?.[1] ?? ''
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/.exec((await operator('device-code', point, 'Касса')).out)?.[0]
    const device = await enrolDevice(server.url, code ?? '')
    const token = await device.token()
    const config = async (): Promise<number> =>
      (await fetch(`${server.url}/v1/config`, { headers: { authorization: `Bearer ${token}` } })).status
    await until(async () => (await config()) === 200)
    const pass = (await operator('issue', '--days', '3')).out
    await until(async () => (await scan(server.url, pass)) === 'granted')
    expect((await operator('restrict', pass, '--days', '3', '--reason', 'тест')).code).toBe(0)
    await until(async () => (await scan(server.url, pass)).startsWith('denied:restricted'))
    const reference = (await scan(server.url, pass)).split(':')[2] ?? ''
    const found = await operator('find', reference.toLowerCase())
    expect(found.out).toMatch(/denied \(restricted\) by the server/)
    expect((await operator('lift', pass)).code).toBe(0)
    await until(async () => (await scan(server.url, pass)) === 'granted')
    expect((await operator('device-revoke', String(device.device), '--reason', 'украден')).code).toBe(0)
    await until(async () => (await config()) === 403)
    server.child.kill('SIGTERM')
    await server.ended
  })

  test.each([
    [['restrict', 'abc', '--days', '1', '--reason', 'x'], /^pass or handle: /],
    [['restrict', 'ab'.repeat(10), '--reason', 'x'], /^--until: is missing/],
    [['restrict', 'ab'.repeat(10), '--days', '1'], /^--reason: is missing/],
    [['restrict', 'ab'.repeat(10), '--days', '1000', '--reason', 'x'], /^--days: /],
    [['restrict', 'ab'.repeat(10), '--until', '2020-01-01T00:00:00Z', '--reason', 'x'], /^--until: /],
    [['restrict', 'ab'.repeat(10), '--until', 'soon', '--reason', 'x'], /^--until: /],
    [['restrict', 'ab'.repeat(10), '--days', '1', '--reason', 'x', '--kind', 'bad'], /^--kind: /],
    [['restrict', 'ab'.repeat(10), '--forever'], /--forever/],
    [['lift', 'ab'.repeat(10)], /^pass or handle: is not restricted/],
    [['find', '0'], /^reference: /],
    [['device-code', '7777', 'x'], /^access point id: /],
    [['access-point-add', 'NONE', 'x', 'entry'], /^venue code: /],
    [['dance'], /dance: there is no such command/],
  ])('%j says what is wrong', async (args, sentence) => {
    const { code, out } = await operator(...args)
    expect(code).toBe(1)
    expect(out.split('\n').at(-1)).toMatch(sentence)
  })
})
