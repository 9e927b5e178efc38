/** A register that is not empty: Participants with venues in every state, applications on every desk, a week at the museum. */
import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import { branchOf, type ApplicationForm } from '../../contract/join/application-form.ts'
import type { ApplicationState } from '../../contract/join/application-state.ts'
import type { VenueKind } from '../../contract/office/venue-kind.ts'
import type { Sql } from '../db/pool.ts'
import { beginApplication, findApplication, moveApplication } from '../applications/applications.store.ts'
import { lockVenue, setState } from '../venues/changes.store.ts'
import { joinParticipant, registerVenue } from '../register/register.store.ts'
import { newVenueCode } from '../venues/venues.store.ts'
import type { AccessPoint } from '../venues/venue.ts'

const DAY = 24 * 3600_000

interface Sample {
  readonly organisation: string
  readonly inn: string
  readonly ogrn: string
  readonly venues: readonly (readonly [name: string, kind: VenueKind, address: string, municipality: string])[]
  /** of its first venue */
  readonly state?: 'suspended' | 'closed'
}

const REGISTERED: readonly Sample[] = [
  {
    organisation: 'ООО «Вершина»',
    inn: '2634598289',
    ogrn: '1022608614665',
    venues: [
      ['Кафе «Вершина»', 'cafe', 'г. Пятигорск, пр. Кирова, 27', 'Пятигорск'],
      ['Ресторан «Машук»', 'cafe', 'г. Пятигорск, ул. Козлова, 4', 'Пятигорск'],
    ],
  },
  {
    organisation: 'АО «Спорткомплекс»',
    inn: '2634860049',
    ogrn: '1022615357005',
    venues: [['Бассейн «Волна»', 'pool', 'г. Ставрополь, ул. Мира, 302', 'Ставрополь']],
    state: 'suspended',
  },
  {
    organisation: 'ООО «Галерея»',
    inn: '2634123140',
    ogrn: '1022650679413',
    venues: [['Магазин «Галерея»', 'shop', 'г. Михайловск, ул. Ленина, 98', 'Шпаковский округ']],
    state: 'closed',
  },
]

type Stage = 'submitted' | 'approved'
const APPLIED: readonly (Sample & { readonly stage: Stage })[] = [
  {
    organisation: 'ООО «Театральный дворик»',
    inn: '2634234806',
    ogrn: '1022692717410',
    venues: [['Театр «Дворик»', 'theatre', 'г. Кисловодск, ул. Пушкина, 4', 'Кисловодск']],
    stage: 'approved',
  },
  {
    organisation: 'ООО «Атлант»',
    inn: '2634596210',
    ogrn: '1022643157272',
    venues: [['Фитнес-клуб «Атлант»', 'gym', 'г. Невинномысск, ул. Гагарина, 11', 'Невинномысск']],
    stage: 'approved',
  },
  {
    organisation: 'ООО «Пекарня на Ленина»',
    inn: '2634668169',
    ogrn: '1022628231471',
    venues: [['Пекарня на Ленина', 'cafe', 'г. Ставрополь, ул. Ленина, 210', 'Ставрополь']],
    stage: 'submitted',
  },
  {
    organisation: 'ООО «Библиотечный дом»',
    inn: '2634044058',
    ogrn: '1022672427029',
    venues: [['Читальный зал', 'library', 'г. Ессентуки, ул. Вокзальная, 31', 'Ессентуки']],
    stage: 'submitted',
  },
]

/** Once, after the accounts: what people made of it since stays. @param entry where the museum's visitors of the week came in */
export async function makeDemoRegister(db: Sql, entry: AccessPoint): Promise<void> {
  const before = await db
    .selectFrom('participants')
    .select('id')
    .where('inn', '=', REGISTERED[0]?.inn ?? '')
    .executeTakeFirst()
  if (before) return
  await db.transaction().execute(async (tx) => {
    for (const sample of REGISTERED) await register(tx, sample)
    for (const sample of APPLIED) await apply(tx, sample)
    await visitors(tx, entry)
  })
}

const formOf = ({ organisation, inn, ogrn, venues }: Sample): ApplicationForm => ({
  organisation,
  inn,
  ogrn,
  address: venues[0]?.[2] ?? '',
  headPosition: 'Директор',
  headName: 'Иванова Мария Петровна',
  contactPosition: 'Администратор',
  contactName: 'Петров Пётр Ильич',
  contactPhone: '+79620000000',
  email: `office-${inn}@demo.example`,
  venues: venues.map(([name, kind, address]) => ({ name, kind, address })),
})

async function register(tx: Sql, sample: Sample): Promise<void> {
  const { venues: _venues, ...organisation } = formOf(sample)
  const { id } = await joinParticipant(tx, organisation)
  for (const [at, [name, kind, address, municipality]] of sample.venues.entries()) {
    const accessPoints = [
      { name: 'Вход 1', direction: 'entry' as const },
      { name: 'Выход 1', direction: 'exit' as const },
    ]
    const venueId = await registerVenue(tx, id, { name, kind, address, municipality, accessPoints }, newVenueCode())
    const venue = at === 0 && sample.state ? await lockVenue(tx, venueId) : undefined
    if (venue && sample.state) await setState(tx, venue, sample.state, 'Для примера', new Date())
  }
}

async function apply(tx: Sql, sample: Sample & { readonly stage: Stage }): Promise<void> {
  const at = new Date()
  const form = formOf(sample)
  const id = await beginApplication(tx, form, at)
  const application = await findApplication(tx, id, { lock: true })
  if (!application) return
  const times = { since: at.toISOString(), due: new Date(at.getTime() + 2 * DAY).toISOString(), round: 1 }
  const submitted: ApplicationState = { kind: 'submitted', ...times }
  await moveApplication(tx, application, {
    state: submitted,
    at,
    entry: { by: 'applicant', event: 'submitted' },
    form,
    confirmedEmail: form.email,
  })
  if (sample.stage === 'submitted') return
  const by = await tx
    .selectFrom('accounts')
    .innerJoin('grants', 'account_id', 'accounts.id')
    .select(['accounts.id as account', 'name'])
    .where('demo', 'is', true)
    .where('branch', '=', branchOf(form))
    .executeTakeFirstOrThrow()
  await moveApplication(tx, application, {
    state: { kind: 'approved', ...times, by },
    at,
    entry: { by: 'coordinator', name: by.name, event: 'approved' },
  })
}

/** A week of museum days, ten to eighteen o'clock in Moscow: no passes, no persons, only that somebody came. */
async function visitors(tx: Sql, entry: AccessPoint): Promise<void> {
  const now = Date.now()
  const midnight = Math.floor(now / DAY) * DAY
  const moments = Array.from(
    { length: 480 },
    (_, n) => midnight - (n % 7) * DAY + (7 + randomInt(8 * 60) / 60) * 3600_000,
  )
  const rows = moments
    .filter((at) => at < now)
    .map((at, n) => {
      const outcome = n % 29 === 0 ? ('denied' as const) : n % 37 === 0 ? ('check' as const) : ('granted' as const)
      return {
        venue_id: entry.venue.id,
        id: v7({ msecs: Math.floor(at) }),
        access_point_id: entry.id,
        device_id: 0,
        pass_handle: null,
        person_ref: null,
        presented_at: new Date(at),
        entered_at: outcome === 'granted' ? new Date(at) : null,
        left_at: null,
        outcome,
        reason: null,
        reference: null,
        decided_by: 'server' as const,
        resolved: null,
        resolved_by: null,
        resolved_at: null,
        resolved_reason: null,
        flags: 0,
        clock_offset: null,
        clock_uncertainty: null,
      }
    })
  await tx.insertInto('visits').values(rows).execute()
}
