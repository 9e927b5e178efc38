import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { ApplicationView } from '../../contract/join/application-view.ts'
import { MOST_FILES, SCAN_BYTES } from '../../contract/office/applications.ts'
import { Problem } from '../../contract/http/problem.ts'
import { applicant } from '../testing/applications.ts'
import { cafeForm } from '../testing/application-forms.ts'
import { freshDatabase } from '../testing/database.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let trade: SignedIn
let culture: SignedIn
let operator: SignedIn
let auditor: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')), { proxies: 1 })
  trade = await server.as([{ role: 'coordinator', branch: 'trade' }])
  culture = await server.as([{ role: 'coordinator', branch: 'culture' }])
  operator = await server.as([{ role: 'operator' }])
  auditor = await server.as([{ role: 'auditor' }])
})
afterAll(() => server.stop())

const problem = (answer: Answer, status: number, code: Problem['code']): void => {
  expect([answer.status, Problem.parse(answer.body).code]).toEqual([status, code])
}
const see = async (id: number): Promise<ApplicationView> =>
  ApplicationView.parse((await trade.get(`/api/applications/${id}`)).body)
const audited = async (id: number): Promise<string[]> => {
  const rows = await server.db.sql
    .selectFrom('audit_log')
    .select('action')
    .where('object_kind', '=', 'application')
    .where('object_id', '=', String(id))
    .execute()
  return rows.map(({ action }) => action)
}

describe('the signed paper', () => {
  const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF')
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const JPEG = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    Buffer.from('JFIF\0\x01\x01', 'latin1'),
    Buffer.alloc(64),
  ])
  const Reply = z.looseObject({ files: z.array(z.looseObject({ name: z.string(), size: z.number() })) })
  const stored = (): string[] => readdirSync(join(server.keys, 'files', 'applications'))

  test('is told by its bytes, kept under a random name, and only ever saved', async () => {
    const who = applicant(server)
    const id = await who.apply(cafeForm(50))
    const hostile = '../../<img src=x onerror=alert(1)>\r\nSet-Cookie: a=b;".html'
    for (const [name, type, bytes] of [
      ['Заявление.pdf', 'application/pdf', PDF],
      [hostile, 'text/html', PNG],
      ['photo', '', JPEG],
    ] as const) {
      const answer = await who.upload(name, type, bytes)
      expect(answer.status, answer.text).toBe(200)
    }
    // the same bytes again are the same file
    expect(Reply.parse((await who.upload('x.pdf', 'application/pdf', PDF)).body).files).toHaveLength(3)
    const { attached, files } = await see(id)
    expect(files).toBe(3)
    expect(attached.map(({ name, type }) => [name, type])).toEqual([
      ['Заявление.pdf', 'application/pdf'],
      ['img src=x onerror=alert(1)Set-Cookie a=b.html.png', 'image/png'],
      ['photo.jpg', 'image/jpeg'],
    ])
    for (const name of stored()) expect(name).toMatch(/^[0-9a-f-]{36}$/)
    for (const { id: file, type } of attached) {
      const { status, headers } = await trade.get(`/api/applications/${id}/files/${file}`)
      expect([status, headers['content-type']]).toEqual([200, type])
      expect(headers['content-disposition']).toMatch(/^attachment; filename/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
      expect(headers['set-cookie']).toBeUndefined()
    }
    const [first] = attached
    expect((await trade.get(`/api/applications/${id}/files/${first?.id ?? ''}`)).text).toBe(PDF.toString('latin1'))
    expect((await operator.get(`/api/applications/${id}/files/${first?.id ?? ''}`)).status).toBe(200)
    problem(await auditor.get(`/api/applications/${id}/files/${first?.id ?? ''}`), 403, 'forbidden')
    problem(await culture.get(`/api/applications/${id}/files/${first?.id ?? ''}`), 404, 'not-found')
    problem(await server.ask('GET', `/api/applications/${id}/files/${first?.id ?? ''}`), 401, 'unauthenticated')
    // not of this application; not of any; nowhere else
    const other = await applicant(server).apply(cafeForm(51))
    problem(await trade.get(`/api/applications/${other}/files/${first?.id ?? ''}`), 404, 'not-found')
    for (const path of ['00000000-0000-4000-8000-000000000000', '..%2f..%2fkeys', '%2e%2e', 'a%00b'])
      expect([400, 404]).toContain((await trade.get(`/api/applications/${id}/files/${path}`)).status)
    expect(await audited(id)).toContain('application.read-file')
  })

  test('whose bytes went missing is whole again once it is sent again', async () => {
    const who = applicant(server)
    const id = await who.apply(cafeForm(53))
    expect((await who.upload('a.pdf', '', PDF)).status).toBe(200)
    const file = (await see(id)).attached[0]?.id ?? ''
    rmSync(join(server.keys, 'files', 'applications', file))
    expect((await who.upload('a.pdf', '', PDF)).status).toBe(200)
    expect((await see(id)).files).toBe(1)
    expect((await trade.get(`/api/applications/${id}/files/${file}`)).text).toBe(PDF.toString('latin1'))
  })

  test('stays where the database went away at the end: the row may be there', async () => {
    const who = applicant(server)
    await who.apply(cafeForm(54))
    const before = stored().length
    const { pool } = server.db
    await pool.query(`
      create function go_away() returns trigger language plpgsql as $$
      begin
        raise exception 'terminating connection' using errcode = '57P01';
      end $$;
      create constraint trigger go_away after insert on application_files deferrable initially deferred
        for each row execute function go_away()`)
    problem(await who.upload('a.pdf', '', PDF), 503, 'unavailable')
    await pool.query('drop function go_away cascade')
    expect(stored()).toHaveLength(before + 1)
    expect((await who.upload('a.pdf', '', PDF)).status).toBe(200)
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a program', Buffer.from('MZ\x90\x00')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing that runs scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['another picture', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['a letter', Buffer.from('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')],
  ])('%s is refused whatever it calls itself', async (_what, bytes) => {
    const who = applicant(server)
    await who.post('save', { form: { venues: [] } })
    const before = stored().length
    problem(await who.upload('scan.pdf', 'application/pdf', bytes), 415, 'unsupported-file')
    expect(stored()).toHaveLength(before)
  })

  test('is as large as 10 MB, there are no more than five, and none after the end', async () => {
    const who = applicant(server)
    await who.apply(cafeForm(52))
    const large = Buffer.alloc(SCAN_BYTES)
    PDF.copy(large)
    expect((await who.upload('large.pdf', 'application/pdf', large)).status).toBe(200)
    problem(await who.upload('larger.pdf', 'application/pdf', Buffer.concat([large, PDF])), 413, 'body-too-large')
    for (let more = 1; more < MOST_FILES; more++) {
      expect((await who.upload('a.pdf', '', Buffer.concat([PDF, Buffer.from([more])]))).status).toBe(200)
    }
    const before = stored().length
    problem(await who.upload('b.pdf', '', Buffer.concat([PDF, PDF])), 409, 'too-many-files')
    await who.post('withdraw')
    problem(await who.upload('c.pdf', '', Buffer.concat([PDF, PNG])), 409, 'moved-on')
    expect(stored()).toHaveLength(before)
    problem(await applicant(server).upload('d.pdf', '', PDF), 404, 'not-found')
  })
})
