/** Who signs in to the demonstration: one of every role, and the museum as a Participant. */
import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ensureDemoAccounts, type DemoAccount } from '../accounts/demo-accounts.store.ts'
import type { Sql } from '../db/pool.ts'
import { joinParticipant } from '../register/register.store.ts'
import type { Venue } from '../venues/venue.ts'

const DemoAccounts = z.object({
  password: z.string().min(10),
  accounts: z.array(z.object({ email: z.string(), name: z.string(), role: z.string() })),
})

const MUSEUM = {
  organisation: 'ГБУК «Краеведческий музей»',
  inn: '2634012345',
  address: 'г. Ставрополь, ул. Дзержинского, 135',
  email: 'museum@demo.example',
}

/** accounts.json holds the password: it is kept, so that a page left open stays signed in after a restart. */
export async function makeDemoAccounts(db: Sql, folder: string, venue: Pick<Venue, 'id'>): Promise<void> {
  const participant = await db.transaction().execute((tx) => joinParticipant(tx, MUSEUM))
  await db
    .updateTable('venues')
    .set({ participant_id: participant.id, kind: 'museum', address: MUSEUM.address })
    .where('id', '=', venue.id)
    .where('participant_id', 'is', null)
    .execute()
  const people: readonly DemoAccount[] = [
    { email: 'operator@demo.example', name: 'Ольга Операторова', grant: { role: 'operator' } },
    { email: 'culture@demo.example', name: 'Клара Культурова', grant: { role: 'coordinator', branch: 'culture' } },
    { email: 'sport@demo.example', name: 'Семён Спортов', grant: { role: 'coordinator', branch: 'sport' } },
    { email: 'trade@demo.example', name: 'Тамара Торгова', grant: { role: 'coordinator', branch: 'trade' } },
    { email: 'health@demo.example', name: 'Зоя Здравова', grant: { role: 'health' } },
    { email: 'auditor@demo.example', name: 'Андрей Аудиторов', grant: { role: 'auditor' } },
    {
      email: 'owner@demo.example',
      name: 'Марина Музейная',
      grant: { role: 'owner', participantId: participant.id },
    },
  ]
  const file = join(folder, 'accounts.json')
  const password = passwordIn(file) ?? newPassword()
  await ensureDemoAccounts(db, people, password)
  const accounts = people.map(({ email, name, grant }) => ({ email, name, role: grant.role }))
  writeFileSync(file, `${JSON.stringify({ password, accounts } satisfies z.infer<typeof DemoAccounts>, null, 2)}\n`, {
    mode: 0o600,
  })
}

function passwordIn(file: string): string | undefined {
  try {
    return DemoAccounts.parse(JSON.parse(readFileSync(file, 'utf8'))).password
  } catch {
    return undefined
  }
}

/** Read from a screen and typed: `museum-4821-7305`. */
const newPassword = (): string => `museum-${randomInt(1000, 10_000)}-${randomInt(1000, 10_000)}`
