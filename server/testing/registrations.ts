import { randomInt } from 'node:crypto'
import type { Registration } from '../../contract/office/venue.ts'
import type { Sql } from '../db/pool.ts'
import { joinParticipant, registerVenue } from '../register/register.store.ts'
import { newVenueCode } from '../venues/venues.store.ts'

const WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8]

/** Of a company of the region, with a right check digit. */
export function newInn(): string {
  const digits = [2, 6, 3, 4, ...Array.from({ length: 5 }, () => randomInt(10))]
  const sum = WEIGHTS.reduce((so, weight, at) => so + weight * (digits[at] ?? 0), 0)
  return [...digits, (sum % 11) % 10].join('')
}

export function newOgrn(): string {
  const first = `10226${String(randomInt(10_000_000)).padStart(7, '0')}`
  return `${first}${(Number(first) % 11) % 10}`
}

/** What an Operator registers by hand. */
export function registration({ venues = 1 }: { readonly venues?: number } = {}): Registration {
  const inn = newInn()
  return {
    application: null,
    organisation: {
      organisation: `ООО «Уют ${inn}»`,
      inn,
      ogrn: newOgrn(),
      address: '355000, г. Ставрополь, ул. Ленина, 1',
      headPosition: 'Директор',
      headName: 'Иванова Мария Петровна',
      contactPosition: 'Администратор',
      contactName: 'Сидоров Пётр Ильич',
      contactPhone: '+79620000001',
      email: `office${inn}@uyut.example.org`,
    },
    venues: Array.from({ length: venues }, (_, at) => ({
      name: `Кафе «Уют» ${at + 1}`,
      kind: 'cafe' as const,
      address: `г. Ставрополь, ул. Ленина, ${at + 1}`,
      municipality: 'Ставрополь',
      accessPoints: [
        { name: 'Вход 1', direction: 'entry' as const },
        { name: 'Выход 1', direction: 'exit' as const },
      ],
    })),
    owner: { email: `owner${inn}@uyut.example.org`, name: 'Иванова Мария' },
    locale: 'ru',
  }
}

export interface RegisteredVenue {
  readonly participant: number
  readonly id: number
  readonly poster: string
}

/** As an Operator registers one, without the mails: drawing their posters takes longest. */
export function registeredVenue(db: Sql, body = registration()): Promise<RegisteredVenue> {
  return db.transaction().execute(async (tx) => {
    const { id: participant } = await joinParticipant(tx, body.organisation)
    const poster = newVenueCode()
    const [venue] = body.venues
    if (!venue) throw new Error('a registration has a venue')
    return { participant, id: await registerVenue(tx, participant, venue, poster), poster }
  })
}
