import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Problem } from '../../contract/http/problem.ts'
import { freshDatabase } from '../testing/database.ts'
import { approvedApplication } from '../testing/approved-application.ts'
import { registeredVenue, registration } from '../testing/registrations.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

test.each([2_000_000_000, 3_000_000_000])(
  'nobody is invited to Participant %d, who is not there: the number would be a key to whoever comes',
  async (participantId) => {
    const operator = await server.as([{ role: 'operator' }])
    const email = 'too-early@people.test'
    const grant = { role: 'owner', participantId }
    const answer = await operator.post('/api/people/invite', { email, name: 'Ранний', locale: 'ru', grant })
    const { code, errors } = Problem.parse(answer.body)
    expect([answer.status, code, errors?.map(({ field }) => field)]).toEqual([
      400,
      'invalid-request',
      ['grant.participantId'],
    ])
    expect(await server.db.sql.selectFrom('accounts').select('id').where('email', '=', email).execute()).toEqual([])
    expect(await server.db.sql.selectFrom('mails').select('id').where('recipient', '=', email).execute()).toEqual([])
  },
)

test('migration 0009 takes grants of nobody away, and gives what nobody decided to somebody who is there', async () => {
  const db = server.db.sql
  const { participant: participantId } = await registeredVenue(db)
  const person = await server.as([{ role: 'auditor' }, { role: 'owner', participantId }])
  await sql`alter table grants drop constraint grants_of_participant`.execute(db)
  const orphan = {
    account_id: person.person.accountId,
    role: 'staff',
    branch: null,
    participant_id: participantId + 1,
  } as const
  await db.insertInto('grants').values(orphan).execute()
  const { id } = await approvedApplication(db, registration())
  await sql`update applications set detail = jsonb_set(detail, '{by,account}', '0') where id = ${id}`.execute(db)
  await sql
    .raw(readFileSync(new URL('../db/migrations/0009_grants_and_deciders.sql', import.meta.url), 'utf8'))
    .execute(db)
  const left = await db
    .selectFrom('grants')
    .select(['role', 'participant_id'])
    .where('account_id', '=', person.person.accountId)
    .orderBy('role')
    .execute()
  expect(left).toEqual([
    { role: 'auditor', participant_id: null },
    { role: 'owner', participant_id: participantId },
  ])
  expect((await person.get(`/api/applications/${id}`)).status).toBe(200)
})
