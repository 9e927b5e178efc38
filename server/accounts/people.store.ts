import { sql as raw } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { z } from 'zod'
import type { AccountRow, peopleApi } from '../../contract/office/people.ts'
import type { Sql } from '../db/pool.ts'
import { contains } from '../db/search.ts'
import { grantOf } from './person.ts'
import { IDLE_MS, LONGEST_MS } from './session.ts'

type Query = z.output<typeof peopleApi.people.query>

const COLUMNS: Readonly<Record<string, 'name' | 'email' | 'created_at'>> = {
  name: 'name',
  email: 'email',
  createdAt: 'created_at',
}

export async function listPeople(
  db: Sql,
  { page, size, sort = 'name', search, role, state }: Query,
  now: Date,
): Promise<{ readonly rows: readonly AccountRow[]; readonly total: number }> {
  let people = db.selectFrom('accounts')
  if (search !== undefined && search !== '') {
    people = people.where((e) => e.or([contains(e.ref('name'), search), contains(e.ref('email'), search)]))
  }
  if (role !== undefined) {
    people = people.where((e) =>
      e.exists(
        e.selectFrom('grants').whereRef('account_id', '=', 'accounts.id').where('role', '=', role).select('role'),
      ),
    )
  }
  if (state === 'disabled') people = people.where('disabled_at', 'is not', null)
  if (state === 'invited') people = people.where('disabled_at', 'is', null).where(hasNotCome, 'is', true)
  if (state === 'active') people = people.where('disabled_at', 'is', null).where(hasNotCome, 'is', false)
  const { total } = await people.select((e) => e.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const column = COLUMNS[sort.replace(/^-/, '')] ?? 'name'
  const rows = await people
    .select((e) => [
      'id',
      'email',
      'name',
      'created_at',
      'disabled_at',
      hasNotCome.as('invited'),
      e('totp_secret', 'is not', null).as('second_factor'),
      jsonArrayFrom(
        e
          .selectFrom('grants')
          .select(['role', 'branch', 'participant_id'])
          .whereRef('grants.account_id', '=', 'accounts.id')
          .orderBy('role')
          .orderBy('branch')
          .orderBy('participant_id')
          .limit(20),
      ).as('grants'),
      e
        .selectFrom('sessions')
        .whereRef('sessions.account_id', '=', 'accounts.id')
        .select((s) => s.fn.max('seen_at').as('at'))
        .as('seen_at'),
      e
        .selectFrom('sessions')
        .whereRef('sessions.account_id', '=', 'accounts.id')
        .where('ended_at', 'is', null)
        .where('seen_at', '>', new Date(now.getTime() - IDLE_MS))
        .where('sessions.created_at', '>', new Date(now.getTime() - LONGEST_MS))
        .select((s) => s.fn.countAll<string>().as('count'))
        .as('sessions'),
    ])
    .orderBy(column, sort.startsWith('-') ? 'desc' : 'asc')
    .orderBy('id')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return {
    total: Number(total),
    rows: rows.map((row) => ({
      id: row.id,
      email: row.email,
      name: row.name,
      state: row.disabled_at ? 'disabled' : row.invited ? 'invited' : 'active',
      grants: row.grants.map(grantOf),
      secondFactor: row.second_factor === true,
      createdAt: row.created_at.toISOString(),
      seenAt: row.seen_at?.toISOString() ?? null,
      sessions: Number(row.sessions ?? 0),
    })),
  }
}

const hasNotCome = raw<boolean>`(accounts.password is null and accounts.oidc_subject is null)`

/**
 * Whether somebody else could run the system. All Operators' rows stay locked until the transaction ends, so that two
 * who take each other's place away at once do it one after the other.
 */
export async function isLastOperator(tx: Sql, accountId: number): Promise<boolean> {
  const operators = await tx
    .selectFrom('accounts')
    .innerJoin('grants', 'grants.account_id', 'accounts.id')
    .select('accounts.id')
    .where('role', '=', 'operator')
    .where('disabled_at', 'is', null)
    .where(hasNotCome, 'is', false)
    .orderBy('accounts.id')
    .forUpdate()
    .execute()
  return operators.length === 1 && operators[0]?.id === accountId
}
