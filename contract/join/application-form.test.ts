import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApplicationDraft, ApplicationForm, branchOf, taxFaultOf } from './application-form.ts'
import { BRANCH_OF, VenueKind } from '../office/venue-kind.ts'

const good: ApplicationForm = {
  venues: [{ name: 'Кафе «Ромашка»', kind: 'cafe', address: 'г. Ставрополь, ул. Ленина, д. 5' }],
  organisation: 'ООО «Ромашка»',
  inn: '7707083893',
  ogrn: '1027700132195',
  address: '355000, г. Ставрополь, ул. Ленина, д. 5',
  headPosition: 'Директор',
  headName: 'Иванова Мария Петровна',
  contactPosition: 'Администратор',
  contactName: 'Петров-Водкин Кузьма Сергеевич',
  contactPhone: '+79181234567',
  email: 'cafe@example.org',
}
const faults = (changes: Readonly<Record<string, unknown>>): string[] => {
  const { error } = ApplicationForm.safeParse({ ...good, ...changes })
  return [...new Set(error?.issues.map(({ path }) => path.join('.')))]
}

test('a good one is taken, and comes out as it would be printed', () => {
  const typed = {
    ...good,
    organisation: '  ООО   «Ромашка» ',
    inn: '77 0708 3893/770701001'.replaceAll(' ', ''),
    contactPhone: '8 (918) 123-45-67',
    email: ' cafe@Example.ORG ',
  }
  expect(ApplicationForm.parse(typed)).toEqual({ ...good })
  expect(ApplicationForm.parse({ ...good, contactPhone: '8 (8652) 35-00-00 доб. 12' }).contactPhone).toBe(
    '+78652350000,12',
  )
})

test('what comes out is taken again and stays the same', () => {
  const name = fc.constantFrom('О’Нил Шон', 'Ким Ир Сен', 'Áлвареш Жуан', 'де ла Крус Хуан')
  const line = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 80 })
  fc.assert(
    fc.property(line, line, name, (organisation, address, headName) => {
      const result = ApplicationForm.safeParse({ ...good, organisation, address, headName })
      if (result.success) expect(ApplicationForm.parse(result.data)).toEqual(result.data)
    }),
  )
})

describe('each field is named where it is wrong', () => {
  const long = 'я'.repeat(401)
  test.each<[string, unknown]>([
    ...Object.keys(good).flatMap((field): [string, unknown][] => [
      [field, undefined],
      [field, field === 'venues' ? [] : ''],
      [field, 7],
      [field, field === 'venues' ? Array(31).fill(good.venues[0]) : long],
    ]),
    // a second line, a second recipient
    ['organisation', 'ООО\u0000'],
    ['headName', 'Иванова 2'],
    ['headName', 'Иванова'],
    ['contactName', '<b>Петров Пётр</b>'],
    ['contactPhone', '12345'],
    ['contactPhone', '+1 202 555 0101'],
    ['email', 'a@b.ru\r\nBcc: c@d.ru'],
    ['email', 'a@b.ru, c@d.ru'],
    ['email', 'cafe'],
    ['address', 'ул.\u202EЛенина'],
    ['organisation', 'ООО \u200BРомашка\u200B'],
  ])('%s: %j', (field, value) => {
    expect(faults({ [field]: value })).toEqual([field])
  })

  test.each(['name', 'kind', 'address'])('venues.1.%s', (field) => {
    const [first] = good.venues
    expect(faults({ venues: [first, { ...first, [field]: '' }] })).toContain(`venues.1.${field}`)
  })
})

test('ИНН and ОГРН carry what is wrong with them', () => {
  const { error } = ApplicationForm.safeParse({ ...good, inn: '7707083894', ogrn: '102770013219' })
  expect(error?.issues.map((issue) => taxFaultOf(issue)?.kind)).toEqual(['check-digit', 'length'])
  const other = ApplicationForm.safeParse({ ...good, inn: '500100732259' }).error
  expect(other?.issues.map((issue) => [issue.path.join('.'), taxFaultOf(issue)?.kind])).toEqual([
    ['inn', 'other-holder'],
  ])
})

test('one Coordinator decides on one application', () => {
  const [first] = good.venues
  const kinds = fc.array(fc.constantFrom(...VenueKind.options), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(kinds, (chosen) => {
      const result = ApplicationForm.safeParse({ ...good, venues: chosen.map((kind) => ({ ...first, kind })) })
      const branches = new Set(chosen.map((kind) => BRANCH_OF[kind]))
      expect(result.success).toBe(branches.size === 1)
      if (result.success) expect([branchOf(result.data)]).toEqual([...branches])
      else expect(result.error.issues[0]?.path).toMatchObject(['venues', expect.any(Number), 'kind'])
    }),
  )
})

test('a draft takes whatever is typed and can be kept, up to its size', () => {
  const text = fc.string({ unit: 'binary', maxLength: 250 }).map((any) => any.replaceAll('\0', ''))
  fc.assert(
    fc.property(text, text, (organisation, name) => {
      const draft = { venues: [{ name, kind: '', address: '' }], organisation }
      expect(ApplicationDraft.parse(draft)).toMatchObject(draft)
    }),
  )
  expect(ApplicationDraft.safeParse({ venues: [], organisation: 'я'.repeat(501) }).success).toBe(false)
  for (const organisation of ['\0', 'а\ud800', '\udc00б'])
    expect(ApplicationDraft.safeParse({ venues: [], organisation }).success).toBe(false)
  expect(ApplicationDraft.safeParse({ venues: [], surprise: 1 }).success).toBe(false)
})
