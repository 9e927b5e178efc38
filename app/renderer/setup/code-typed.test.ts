import { expect, test } from 'vitest'
import { newCode, readEnrolment, writeEnrolment } from '../../../contract/kiosk/enrolment.ts'
import { addressOf } from './code-typed.ts'

test('an address is what a person means by it, and always one that a code can be written with', () => {
  const code = newCode(new Uint8Array(16))
  for (const [typed, meant] of [
    ['qr.region.ru', 'https://qr.region.ru'],
    [' http://10.0.0.5:8080/ ', 'http://10.0.0.5:8080'],
    ['HTTPS://qr.region.ru/kiosk//', 'HTTPS://qr.region.ru/kiosk'],
  ] as const) {
    expect(addressOf(typed)).toBe(meant)
    expect(readEnrolment(writeEnrolment({ server: addressOf(typed)?.toLowerCase() ?? '', code }))?.code).toBe(code)
  }
})

test.each(['', '  ', 'qr region.ru', 'https://', 'https://qr.region.ru/#/join', `qr.${'a'.repeat(200)}.ru`])(
  '«%s» is no address',
  (typed) => expect(addressOf(typed)).toBeUndefined(),
)
