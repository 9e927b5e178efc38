/** What becomes of a list when a row, a drawing or the whole process fails. */
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import type { ListImport, ListRow } from '../../contract/office/venue-lists.ts'
import { writeCsv } from '../sheets/csv-writing.ts'
import { freshDatabase } from '../testing/database.ts'
import { newInn, newOgrn } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import { importJobs } from './lists.jobs.ts'

const posterPdf = vi.hoisted(() => vi.fn<() => Promise<Buffer>>())
vi.mock('../documents/poster.ts', () => ({ posterPdf }))

let server: TestServer
let operator: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  operator = await server.as([{ role: 'operator' }])
  // what a lost race looks like, each time anew
  await server.db.pool.query(`
    create function deadlock() returns trigger language plpgsql as $$
    begin
      raise exception 'deadlock detected' using errcode = '40P01';
    end $$;
    create trigger deadlock before insert on venues for each row when (new.name = 'Замок') execute function deadlock()`)
})
afterAll(() => server.stop())
beforeEach(() => {
  posterPdf.mockReset()
  posterPdf.mockResolvedValue(Buffer.from('%PDF'))
})

const HEADERS = ['ИНН', 'Организация', 'Название', 'Вид', 'Адрес', 'Электронная почта', 'ОГРН']
async function uploaded(names: readonly string[]): Promise<{ id: number; inn: string }> {
  const inn = newInn()
  const rows = names.map((name) => [inn, 'ООО «Список»', name, 'Кафе', `ул. Мира, ${name}`, 'l@example.org', newOgrn()])
  const { body } = await operator.ask('POST', '/api/register/imports', {
    body: writeCsv({ columns: HEADERS.map((header) => ({ header })), rows }),
    headers: { 'content-type': 'text/csv', 'x-file-name': 'list.csv' },
  })
  return { id: (body as ListImport).id, inn }
}
const confirm = (id: number, mail = false) => operator.post(`/api/register/imports/${id}/confirm`, { mail })
const stateOf = async (id: number): Promise<string> =>
  ((await operator.get(`/api/register/imports/${id}`)).body as ListImport).state
async function outcomes(id: number): Promise<unknown[]> {
  await until(async () => (await stateOf(id)) === 'done')
  const { body } = await operator.get(`/api/register/imports/${id}/rows`)
  return (body as { rows: ListRow[] }).rows.map(({ outcome, faults }) => [outcome, ...faults.map((one) => one.message)])
}
const job = async (): Promise<void> => {
  const { sql } = server.db
  const parts = { sql, clock: () => new Date(), publicUrl: () => server.url, log: { error: vi.fn(), warn: vi.fn() } }
  for (const { run } of importJobs(parts)) await run()
}

test('a row that fails is marked with why, and the list goes on', async () => {
  const { id } = await uploaded(['Раз', 'Замок', 'Три'])
  await confirm(id)
  expect(await outcomes(id)).toEqual([['registered'], ['failed', 'not-written'], ['registered']])
})

test('a poster that cannot be drawn fails its row alone', async () => {
  posterPdf.mockRejectedValueOnce(new Error('the thread of documents died'))
  const { id } = await uploaded(['Раз', 'Два'])
  await confirm(id, true)
  expect(await outcomes(id)).toEqual([['failed', 'no-poster'], ['registered']])
})

test('while posters are drawn everybody else registers', async () => {
  posterPdf.mockImplementation(async () => {
    await server.db.sql.transaction().execute(async (tx) => {
      const line = tx.selectFrom('changes').select('version').where('name', '=', 'venues')
      await line.forUpdate().noWait().execute()
    })
    return Buffer.from('%PDF')
  })
  const { id } = await uploaded(['Раз'])
  await confirm(id, true)
  expect(await outcomes(id)).toEqual([['registered']])
  expect(posterPdf).toHaveBeenCalledTimes(3)
})

test('a list whose process died is taken up again when its time is over, and not before', async () => {
  const { id } = await uploaded(['Раз', 'Два'])
  const { accountId } = operator.person
  await server.db.sql
    .updateTable('venue_imports')
    .set({ state: 'running', confirmed_by: accountId, leased_until: new Date(Date.now() + 60_000) })
    .where('id', '=', id)
    .execute()
  await job()
  expect((await confirm(id)).status).toBe(200)
  expect(await stateOf(id)).toBe('running')
  await server.db.sql
    .updateTable('venue_imports')
    .set({ leased_until: new Date(Date.now() - 1) })
    .where('id', '=', id)
    .execute()
  await job()
  expect(await outcomes(id)).toEqual([['registered'], ['registered']])
  const audited = await server.db.sql
    .selectFrom('audit_log')
    .select('account_id')
    .where('action', '=', 'venue.import')
    .where('detail', 'like', `%"import":${id},%`)
    .execute()
  expect(audited).toEqual([{ account_id: accountId }, { account_id: accountId }])
})
