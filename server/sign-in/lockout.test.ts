import { expect, test } from 'vitest'
import { browserWords } from './browser-words.ts'
import { countsOf, type Familiarity } from './lockout.ts'

const attempt = (familiarity: Familiarity) =>
  countsOf({ familiarity, email: 'a@b.test', network: '10.0.0.1', device: 'd' })

test('whom the account knows shares no count with strangers', () => {
  const strangers = new Set(attempt('stranger').map((count) => JSON.stringify(count)))
  for (const known of ['known-device', 'known-network'] as const) {
    for (const count of attempt(known)) expect(strangers).not.toContain(JSON.stringify(count))
  }
  expect(attempt('known-device')).not.toEqual(attempt('known-network'))
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 YaBrowser/25.8 Safari/537.36',
    'Яндекс Браузер · Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge · Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
    'Chrome · Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari · iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
  ['curl/8.0', ''],
  [undefined, ''],
])('%s is %s', (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words)
})
