/** A list of venues as somebody kept it before: which column is what, and what a row says. */
import { municipalityOf } from '../../contract/join/municipality.ts'
import {
  LIST_FIELDS,
  ListEntry,
  REQUIRED_FIELDS,
  type ListFault,
  type ListField,
} from '../../contract/office/venue-lists.ts'
import type { VenueKind } from '../../contract/office/venue-kind.ts'

/** What headers call a field, in lower case without signs. The first that fits a header wins, longer words before shorter. */
const CALLED: Readonly<Record<ListField, readonly string[]>> = {
  inn: ['инн', 'инн организации', 'inn', 'taxpayer number', 'tax number'],
  ogrn: ['огрн', 'огрнип', 'огрн огрнип', 'ogrn', 'registration number'],
  organisation: [
    'организация', 'наименование организации', 'наименование юридического лица', 'юридическое лицо', 'участник',
    'наименование организации включая организационно правовую форму', 'organisation', 'organization', 'company', 'participant',
  ], // prettier-ignore
  legalAddress: [
    'юридический адрес',
    'адрес организации',
    'адрес места нахождения',
    'legal address',
    'registered address',
  ],
  name: [
    'место',
    'название',
    'заведение',
    'объект',
    'наименование объекта',
    'название места',
    'вывеска',
    'venue',
    'venue name',
    'name',
  ],
  kind: ['вид', 'тип', 'вид объекта', 'тип объекта', 'вид деятельности', 'категория', 'kind', 'type', 'category'],
  address: ['адрес', 'адрес объекта', 'адрес места', 'фактический адрес', 'address', 'venue address'],
  municipality: [
    'муниципалитет',
    'муниципальное образование',
    'район',
    'округ',
    'город',
    'municipality',
    'district',
    'city',
  ],
  entrances: ['входы', 'входов', 'количество входов', 'число входов', 'entrances'],
  email: ['почта', 'электронная почта', 'адрес электронной почты', 'email', 'e mail', 'эл почта', 'mail'],
  headPosition: ['должность руководителя', 'position of the head'],
  headName: ['руководитель', 'фио руководителя', 'директор', 'head', 'head name'],
  contactPosition: ['должность ответственного', 'position of the contact'],
  contactName: ['ответственный', 'фио ответственного', 'контактное лицо', 'contact', 'contact person'],
  contactPhone: ['телефон', 'контактный телефон', 'номер телефона', 'phone'],
}

const simple = (header: string): string =>
  header
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export type Columns = Readonly<Partial<Record<ListField, number>>>

/** Which column holds which field; the first of two that are called alike. */
export function columnsOf(headers: readonly string[]): Columns {
  const names = headers.map(simple)
  return Object.fromEntries(
    LIST_FIELDS.flatMap((field) => {
      const at = names.findIndex((name) => CALLED[field].includes(name))
      return at < 0 ? [] : [[field, at]]
    }),
  )
}

/** The first row that names all that is needed: lists often begin with a title. */
export function headerRow(rows: readonly { readonly cells: readonly string[] }[]): number | undefined {
  const at = rows.slice(0, 20).findIndex(({ cells }) => missingOf(columnsOf(cells)).length === 0)
  return at < 0 ? undefined : at
}

export const missingOf = (columns: Columns): readonly ListField[] =>
  REQUIRED_FIELDS.filter((field) => columns[field] === undefined)

/** Beginnings of words; a longer list says it more exactly. */
const KINDS: readonly (readonly [VenueKind, readonly string[]])[] = [
  ['bar', ['бар', 'ночн', 'клуб ночной', 'bar', 'night']],
  ['cafe', ['кафе', 'ресторан', 'столов', 'общепит', 'кофейн', 'cafe', 'café', 'restaurant', 'canteen']],
  ['cinema', ['кино', 'cinema']],
  ['theatre', ['театр', 'концерт', 'филармон', 'дк', 'дом культуры', 'theatre', 'theater', 'concert']],
  ['museum', ['музе', 'выстав', 'галере', 'museum', 'gallery', 'exhibition']],
  ['library', ['библиот', 'library']],
  ['pool', ['бассейн', 'аквапарк', 'pool']],
  ['gym', ['фитнес', 'спортзал', 'спортивный зал', 'тренаж', 'gym', 'fitness']],
  ['stadium', ['стадион', 'арена', 'ледов', 'stadium', 'arena']],
  ['beauty', ['салон', 'парикмах', 'красот', 'маникюр', 'beauty', 'hairdresser']],
  [
    'shop',
    ['магазин', 'торгов', 'рынок', 'гипермаркет', 'супермаркет', 'тц', 'трц', 'shop', 'store', 'mall', 'market'],
  ],
  ['office', ['офис', 'учрежден', 'мфц', 'банк', 'office', 'bank']],
]

export function kindOf(text: string): VenueKind | undefined {
  const said = simple(text)
  const exact = KINDS.find(([kind]) => kind === said)?.[0]
  return exact ?? KINDS.find(([, beginnings]) => beginnings.some((word) => ` ${said}`.includes(` ${word}`)))?.[0]
}

const MOST_ENTRANCES = 20

export type ReadRow =
  | { readonly kind: 'entry'; readonly entry: ListEntry }
  | { readonly kind: 'wrong'; readonly faults: readonly ListFault[] }

/** What a row says, checked as an application is. */
export function readRow(cells: readonly string[], columns: Columns): ReadRow {
  const cell = (field: ListField): string => {
    const at = columns[field]
    return at === undefined ? '' : (cells[at] ?? '').trim()
  }
  const given = (field: ListField): Partial<Record<ListField, string>> =>
    cell(field) === '' ? {} : { [field]: cell(field) }
  const entrances = cell('entrances') === '' ? 1 : Number(cell('entrances'))
  const faults: ListFault[] = []
  if (!Number.isInteger(entrances) || entrances < 1 || entrances > MOST_ENTRANCES)
    faults.push({ field: 'entrances', message: 'entrances-count', value: cell('entrances') })
  const kind = kindOf(cell('kind'))
  if (kind === undefined)
    faults.push({ field: 'kind', message: cell('kind') === '' ? 'required' : 'unknown-kind', value: cell('kind') })
  const address = cell('address')
  const parsed = ListEntry.safeParse({
    organisation: {
      organisation: cell('organisation'),
      inn: cell('inn'),
      email: cell('email'),
      address: cell('legalAddress') === '' ? address : cell('legalAddress'),
      ...given('ogrn'),
      ...given('headPosition'),
      ...given('headName'),
      ...given('contactPosition'),
      ...given('contactName'),
      ...given('contactPhone'),
    },
    venue: {
      name: cell('name'),
      kind: kind ?? 'office',
      address,
      municipality: cell('municipality') === '' ? municipalityOf(address) : cell('municipality'),
      accessPoints: doors(faults.length > 0 ? 1 : entrances),
    },
  })
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const [part, name] = path.map(String)
      const field = LIST_FIELDS.find(
        (one) => one === (part === 'organisation' && name === 'address' ? 'legalAddress' : name),
      )
      if (field !== undefined && !faults.some((fault) => fault.field === field))
        faults.push({ field, message, value: cell(field) })
    }
  }
  return parsed.success && faults.length === 0 ? { kind: 'entry', entry: parsed.data } : { kind: 'wrong', faults }
}

const doors = (entrances: number) => [
  ...Array.from({ length: entrances }, (_, at) => ({ name: `Вход ${at + 1}`, direction: 'entry' as const })),
  { name: 'Выход 1', direction: 'exit' as const },
]
