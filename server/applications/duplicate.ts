import type { ApplicationForm } from '../../contract/join/application-form.ts'

/** What an application is compared by. */
export type Compared = Pick<ApplicationForm, 'inn' | 'ogrn' | 'venues'>

/** venue: the same organisation, kind and place; organisation: another place of the same one, which is often right. */
export type Likeness = 'venue' | 'organisation'

/** @returns how alike two applications are, `undefined` where they are not */
export function likeness(one: Compared, other: Compared): Likeness | undefined {
  if (one.inn !== other.inn && one.ogrn !== other.ogrn) return undefined
  const places = new Set(other.venues.map(placeOf))
  return one.inn === other.inn && one.venues.some((venue) => places.has(placeOf(venue))) ? 'venue' : 'organisation'
}

const placeOf = ({ kind, address }: Compared['venues'][number]): string => `${kind} ${normalAddress(address)}`

/** Words that say of what kind the next one is, or where everybody here is anyway. */
const NOISE = new Set(
  (
    'россия рф российская федерация ставропольский край г город ул улица д дом зд здание стр строение корп корпус к ' +
    'оф офис пом помещение кв пос поселок п с село ст станица х хутор р н район го мо'
  ).split(' '),
)
/** Kinds that tell one street from another of the same name. */
const KINDS = new Map(
  Object.entries({
    пр: 'проспект',
    просп: 'проспект',
    пркт: 'проспект',
    прт: 'проспект',
    пер: 'переулок',
    пл: 'площадь',
    ш: 'шоссе',
    'б-р': 'бульвар',
  }),
)

/** The same for «355000, г. Ставрополь, ул. Ленина, д. 5 А» and «Ставрополь, Ленина 5а»; only ever a hint. */
export function normalAddress(address: string): string {
  const words = address
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/пр(?:осп)?\s*-\s*к?т(?![\p{L}])/gu, 'проспект')
    .replaceAll(/(\d)\s*-?\s*([абвгдежз])(?!\p{L})/gu, '$1$2')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => KINDS.get(word) ?? word)
    .filter((word) => word !== '' && !NOISE.has(word) && !/^\d{6}$/.test(word))
  return words.join(' ')
}
