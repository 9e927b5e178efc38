import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { writeCsv } from '../sheets/csv-writing.ts'
import { readTable } from '../sheets/table.ts'
import type { ListImport } from '../../contract/office/venue-lists.ts'
import { freshDatabase } from '../testing/database.ts'
import { newInn, newOgrn, registeredVenue, registration } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import { columnsOf, headerRow, kindOf, readRow } from './list.ts'

let server: TestServer
let operator: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  operator = await server.as([{ role: 'operator' }])
})
afterAll(() => server.stop())

const HEADERS = ['ИНН', 'Организация', 'Название', 'Вид', 'Адрес', 'Электронная почта', 'ОГРН', 'Количество входов']
const row = (
  inn: string,
  name: string,
  address: string,
  more: Partial<Record<'kind' | 'email' | 'doors', string>> = {},
) => [
  inn,
  'ООО «Список»',
  name,
  more.kind ?? 'Кафе',
  address,
  more.email ?? 'list@example.org',
  newOgrn(),
  more.doors ?? '',
]
const table = (rows: readonly (readonly string[])[]): Buffer =>
  writeCsv({ columns: HEADERS.map((header) => ({ header })), rows })
const upload = (bytes: Buffer, name = 'список.csv') =>
  operator.ask('POST', '/api/register/imports', {
    body: bytes,
    headers: { 'content-type': 'text/csv', 'x-file-name': encodeURIComponent(name) },
  })
const confirm = (id: number, mail = false) => operator.post(`/api/register/imports/${id}/confirm`, { mail })
const at = async (id: number): Promise<ListImport> =>
  (await operator.get(`/api/register/imports/${id}`)).body as ListImport
const finished = async (id: number): Promise<ListImport> => {
  await until(async () => (await at(id)).state === 'done')
  return at(id)
}
const rowsOf = async (id: number) =>
  ((await operator.get(`/api/register/imports/${id}/rows`)).body as { rows: { outcome: string; faults: unknown[] }[] })
    .rows
const venuesOf = async (inn: string) =>
  (await operator.get(`/api/venues?search=${inn}`)).body as { rows: { name: string; kind: string }[]; total: number }

describe('columns', () => {
  test.each([
    ['инн', 'Наименование организации', 'Наименование объекта', 'Тип объекта', 'Фактический адрес', 'E-mail'],
    ['ИНН организации', 'УЧАСТНИК', 'Заведение', 'Категория', 'Адрес объекта', 'Адрес электронной почты'],
    ['INN', 'Company', 'Venue name', 'Kind', 'Address', 'email'],
  ])('are known by what they are called: %s …', (...headers) => {
    expect(headerRow([{ cells: ['Реестр на 22.11.2026'] }, { cells: headers }])).toBe(1)
    expect(columnsOf(headers)).toEqual({ inn: 0, organisation: 1, name: 2, kind: 3, address: 4, email: 5 })
  })

  test('kinds are known by what people write', () => {
    expect(['Ночной бар', 'Ресторан', 'Кинотеатр', 'ТРЦ', 'Музей', 'спортзал', 'МФЦ', 'gym'].map(kindOf)).toEqual([
      'bar', 'cafe', 'cinema', 'shop', 'museum', 'gym', 'office', 'gym',
    ]) // prettier-ignore
    expect(kindOf('планетарий')).toBeUndefined()
  })

  test('what is wrong with a row is said by its column', () => {
    const columns = columnsOf(HEADERS)
    const read = readRow(['123', '', 'К', 'планетарий', '', 'нет', '5', 'много'], columns)
    if (read.kind !== 'wrong') throw new Error('taken')
    expect(read.faults.map(({ field }) => field).toSorted()).toEqual(
      ['inn', 'organisation', 'name', 'kind', 'address', 'email', 'ogrn', 'entrances', 'legalAddress'].toSorted(),
    )
  })
})

describe('a list', () => {
  test('is only looked at until it is confirmed, and then taken in but for its faults', async () => {
    const inn = newInn()
    const { status, body } = await upload(
      table([
        row(inn, 'Кафе «Раз»', 'г. Ставрополь, ул. Мира, 1', { doors: '2' }),
        row(inn, 'Кафе «Два»', 'г. Ставрополь, ул. Мира, 2', { kind: 'планетарий' }),
        row(inn, 'Кафе «Раз» ещё раз', 'г Ставрополь ул Мира 1'),
      ]),
    )
    expect(status).toBe(200)
    const { id, counts } = body as ListImport
    expect(counts).toMatchObject({ waiting: 2, wrong: 1, registered: 0 })
    expect((await venuesOf(inn)).total).toBe(0)
    expect((await confirm(id)).status).toBe(200)
    // the same address of one ИНН, however it is written, is one venue
    expect((await finished(id)).counts).toMatchObject({ registered: 1, 'there-before': 1, wrong: 1, waiting: 0 })
    expect(await venuesOf(inn)).toMatchObject({ total: 1, rows: [{ name: 'Кафе «Раз»', kind: 'cafe' }] })
    const points = await server.db.sql
      .selectFrom('access_points')
      .innerJoin('venues', 'venues.id', 'venue_id')
      .select('access_points.name')
      .where('venues.name', '=', 'Кафе «Раз»')
      .execute()
    expect(points.map(({ name }) => name)).toEqual(['Вход 1', 'Вход 2', 'Выход 1'])
    expect((await confirm(id)).status).toBe(409)
  })

  test('taken in again changes nothing; twice at once neither', async () => {
    const inn = newInn()
    const file = table(Array.from({ length: 30 }, (_, n) => row(inn, `Кафе ${n}`, `г. Невинномысск, ул. Мира, ${n}`)))
    const [one, two] = await Promise.all([upload(file), upload(file)])
    const ids = [one, two].map(({ body }) => (body as ListImport).id)
    await Promise.all(ids.flatMap((id) => [confirm(id), confirm(id)]))
    const counts = await Promise.all(ids.map(async (id) => (await finished(id)).counts))
    expect(counts.reduce((sum, { registered }) => sum + registered, 0)).toBe(30)
    expect((await venuesOf(inn)).total).toBe(30)
    const { body } = await upload(file)
    expect((body as ListImport).counts).toMatchObject({ 'there-before': 30, waiting: 0 })
  })

  test('invites the owner once, and mails each venue’s posters', async () => {
    const inn = newInn()
    const email = `list${inn}@example.org`
    const { body } = await upload(
      table([1, 2].map((n) => row(inn, `Кафе ${n}`, `г. Ессентуки, ул. Мира, ${n}`, { email }))),
    )
    const { id } = body as ListImport
    await confirm(id, true)
    await finished(id)
    const mails = await server.db.sql.selectFrom('mails').select('kind').where('recipient', '=', email).execute()
    expect(mails.map(({ kind }) => kind).toSorted()).toEqual(['invitation', 'poster', 'poster'])
  })

  test.each([
    ['nothing', Buffer.alloc(0), ['empty']],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), ['not-a-table']],
    ['other columns', Buffer.from('a;b\r\n1;2'), ['no-column-inn', 'no-column-organisation', 'no-column-name']],
    ['a header alone', table([]), ['empty']],
  ])('of %s is refused with what is wrong', async (_name, bytes, messages) => {
    const { status, body } = await upload(bytes)
    expect(status).toBe(400)
    const told = (body as { errors: { field: string; message: string }[] }).errors
    expect(told.map(({ message }) => message)).toEqual(expect.arrayContaining(messages))
  })

  test('names a file and its report without leaving a folder or a line', async () => {
    const file = table([row(newInn(), 'Кафе', 'г. Ставрополь, ул. Мира, 3')])
    const { body } = await upload(file, '../../etc/passwd\r\nset-cookie: x=1.csv')
    const { id, file: name } = body as ListImport
    expect(name).toBe('passwdset-cookie: x=1.csv')
    const report = await operator.get(`/api/register/imports/${id}/report?format=xlsx`)
    expect(report.status).toBe(200)
    expect(report.headers['set-cookie']).toBeUndefined()
    expect(report.headers['content-disposition']).toMatch(/^attachment; filename=/)
  })

  test('is of nobody but the Operator', async () => {
    const { body } = await upload(table([row(newInn(), 'Кафе', 'г. Ставрополь, ул. Мира, 4')]))
    const { id } = body as ListImport
    const { participant } = await registeredVenue(server.db.sql)
    const owner = await server.as([{ role: 'owner', participantId: participant }])
    for (const path of ['', `/${id}`, `/${id}/rows`, `/${id}/report?format=csv`])
      expect((await owner.get(`/api/register/imports${path}`)).status).toBe(403)
    expect((await owner.post(`/api/register/imports/${id}/confirm`, { mail: false })).status).toBe(403)
    expect((await operator.get('/api/register/imports/999999')).status).toBe(404)
    expect((await confirm(999_999)).status).toBe(404)
    expect(await rowsOf(id)).toHaveLength(1)
  })
})

describe('the register given out', () => {
  const HOSTILE = [
    '=HYPERLINK("http://evil.example")',
    '+7 961',
    '-2+3',
    '@SUM(A1)',
    '＝1+1',
    '"><script>alert(1)</script>',
  ]

  test('holds hostile names as text, in both formats, and only what its reader may see', async () => {
    const body = registration({ venues: HOSTILE.length })
    const named = { ...body, venues: body.venues.map((venue, n) => ({ ...venue, name: HOSTILE[n] ?? '' })) }
    const { body: made } = await operator.post('/api/register/participants', named)
    const { venues } = made as { venues: { id: number }[] }
    const bytesOf = async (format: string): Promise<Buffer> => {
      const answer = await operator.get(`/api/venues/export?format=${format}&search=${body.organisation.inn}`)
      expect(answer.status).toBe(200)
      return Buffer.from(answer.text, 'latin1')
    }
    const csv = await bytesOf('csv')
    // no cell begins with what a spreadsheet calculates
    for (const line of csv.toString('utf8').replace('\uFEFF', '').split('\r\n').slice(1))
      for (const cell of line.split(';')) expect(cell).not.toMatch(/^"?\s*[=+\-@＝＋－＠]/u)
    for (const format of ['csv', 'xlsx']) {
      const read = await readTable(await bytesOf(format))
      if (read.kind !== 'read') throw new Error(read.why)
      const names = read.rows.slice(1).map(({ cells }) => cells[1])
      expect(names.toSorted()).toEqual(HOSTILE.toSorted())
    }
    const poster = await operator.get(`/api/venues/${venues[5]?.id ?? 0}/poster?size=a4`)
    const disposition = String(poster.headers['content-disposition'])
    expect(disposition).not.toMatch(/[<>\r\n]|\.\./)
    const sport = await server.as([{ role: 'coordinator', branch: 'sport' }])
    const theirs = await sport.get(`/api/venues/export?format=csv&search=${body.organisation.inn}`)
    expect(theirs.text.split('\r\n').filter((line) => line !== '')).toHaveLength(1)
  })

  test('comes in again as it went out', async () => {
    const answer = await operator.get('/api/venues/export?format=xlsx')
    const read = await readTable(Buffer.from(answer.text, 'latin1'))
    if (read.kind !== 'read') throw new Error(read.why)
    expect(columnsOf(read.rows[0]?.cells ?? [])).toMatchObject({
      name: 1,
      kind: 2,
      address: 4,
      organisation: 7,
      inn: 8,
    })
  })
})
