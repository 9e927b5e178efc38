import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { ApplicationPage } from '../../contract/join/application-view.ts'
import { makeDemoAccounts } from './demo-accounts.ts'
import { makeDemoRegister } from './demo-register.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer } from '../testing/test-server.ts'

test('every application of the demonstration can be opened and printed', async () => {
  const server = await testServer(await freshDatabase(inject('postgresUrl')), { demo: true })
  const folder = mkdtempSync(join(tmpdir(), 'dopusk-demo-'))
  const { entry } = server.door
  await makeDemoAccounts(server.db.sql, folder, { id: entry.venue.id })
  await makeDemoRegister(server.db.sql, entry)
  const operator = await server.as([{ role: 'operator' }])
  const { rows } = ApplicationPage.parse((await operator.get('/api/applications')).body)
  expect(rows.map(({ state }) => state).toSorted()).toEqual(['approved', 'approved', 'submitted', 'submitted'])
  for (const { id } of rows) {
    expect((await operator.get(`/api/applications/${id}`)).status).toBe(200)
    expect((await operator.get(`/api/applications/${id}/appendix`)).status).toBe(200)
  }
  await server.stop()
  rmSync(folder, { recursive: true })
})
