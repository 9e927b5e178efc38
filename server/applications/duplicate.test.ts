import { describe, expect, test } from 'vitest'
import { likeness, normalAddress, type Compared } from './duplicate.ts'
import { scanName } from './scan-file.ts'
import { searchQuery, searchVector } from './search-words.ts'

describe('one address, however it is written', () => {
  test.each([
    ['355000, Ставропольский край, г. Ставрополь, ул. Ленина, д. 5 А', 'Ставрополь, Ленина 5а'],
    ['г.Ставрополь, пр-кт Карла Маркса, 10', 'Ставрополь, проспект Карла Маркса, д.10'],
    ['Пятигорск, пр. Кирова, зд. 7', 'город Пятигорск пр-т Кирова 7'],
    ['Невинномысск, пер. Клубный, 3, пом. 2', 'Невинномысск, переулок Клубный, дом 3, помещение 2'],
    ['с. Донское, ул. Весёлая, 1', 'село Донское, улица Веселая, 1'],
  ])('%s = %s', (one, other) => expect(normalAddress(one)).toBe(normalAddress(other)))

  test.each([
    ['Ставрополь, Ленина, 5', 'Ставрополь, Ленина, 6'],
    ['Ставрополь, Ленина, 5', 'Пятигорск, Ленина, 5'],
    ['Ставрополь, проспект Мира, 5', 'Ставрополь, переулок Мира, 5'],
    ['Ставрополь, Ленина, 5', 'Ставрополь, Ленина, 5а'],
  ])('%s ≠ %s', (one, other) => expect(normalAddress(one)).not.toBe(normalAddress(other)))
})

const cafe: Compared = {
  inn: '7707083893',
  ogrn: '1027700132195',
  venues: [{ name: 'Ромашка', kind: 'cafe', address: 'Ставрополь, Ленина, 5' }],
}
test('the same place of the same organisation, another place of it, and somebody else', () => {
  expect(likeness(cafe, { ...cafe, ogrn: '1027700070518' })).toBe('venue')
  expect(likeness(cafe, { ...cafe, venues: [{ name: 'Х', kind: 'bar', address: 'Ставрополь, Ленина, 5' }] })).toBe(
    'organisation',
  )
  expect(likeness(cafe, { ...cafe, inn: '7736050003' })).toBe('organisation')
  expect(likeness(cafe, { ...cafe, inn: '7736050003', ogrn: '1027700070518' })).toBeUndefined()
})

test('words to look for hold nothing that PostgreSQL would read as more', () => {
  expect(searchVector(["ООО «Ёлка'; drop"])).toBe("'ооо' 'елка' 'drop'")
  expect(searchQuery("ёл'ка & !:* | ром")).toBe("'ел':* & 'ка':* & 'ром':*")
  expect(searchQuery(' «»&|! ')).toBeUndefined()
})

test('a word is cut where PostgreSQL would not take it, looked for and looked in alike', () => {
  const grown = '\u3300'.repeat(200)
  const [, kept = ''] = /^'(.*)'$/.exec(searchVector([grown])) ?? []
  expect(kept).toHaveLength(200)
  expect(searchQuery(grown)).toBe(`'${kept}':*`)
  const wide = searchVector(['\u{20000}'.repeat(300)])
  expect(Buffer.byteLength(wide)).toBeLessThanOrEqual(2046)
})

describe('the name of a file', () => {
  test.each([
    ['Заявление.pdf', 'application/pdf', 'Заявление.pdf'],
    ['scan.JPEG', 'image/jpeg', 'scan.jpeg'],
    // the bytes say what it is
    ['invoice.html', 'application/pdf', 'invoice.html.pdf'],
    ['photo.png', 'image/jpeg', 'photo.png.jpg'],
    ['../../etc/passwd', 'application/pdf', 'passwd.pdf'],
    ['..\\..\\boot.ini', 'application/pdf', 'boot.ini.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'application/pdf', 'aSet-Cookie x=1.pdf'],
    ['a";filename="b.exe.pdf', 'application/pdf', 'afilename=b.exe.pdf'],
    ['fdp.\u202Eexe', 'application/pdf', 'fdp.exe.pdf'],
    ['.htaccess', 'image/png', 'htaccess.png'],
    ['CON.pdf', 'application/pdf', 'scan.pdf'],
    ['', 'application/pdf', 'scan.pdf'],
    ['...', 'application/pdf', 'scan.pdf'],
    ['%2e%2e%2fx.pdf', 'application/pdf', '2e2e2fx.pdf'],
    ['я'.repeat(300), 'application/pdf', `${'я'.repeat(120)}.pdf`],
  ] as const)('%j as %s is %s', (given, type, name) => {
    expect(scanName(given, type)).toBe(name)
  })
})
