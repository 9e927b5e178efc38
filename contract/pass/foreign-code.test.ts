import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CALIBRATION_CODES } from '../kiosk/calibration.ts'
import { foreignCodeOf } from './foreign-code.ts'

it.each([
  [
    'health-certificate',
    'HC1:NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH-R6IOO6+IUKRG*I.I5BROCWAAT4V22F/8X*G3M9JUPY0BX/KR96R/S09T./0LWTKD33236J3TA3M*4VV2',
  ],
  ['health-card', 'shc:/5676290952432060346029243740446031222959532654603460292540772804336028702864716745222809286'],
  ['poster', 'https://dopusk.example.ru/v/K7#3F'],
  ['poster', 'HTTPS://DOPUSK.EXAMPLE.RU/v/ABC-12'],
  ['web-address', 'https://example.org/menu?table=7'],
  ['web-address', 'https://example.org/v/'],
  ['payment', 'ST00012|Name=ООО «Ромашка»|PersonalAcc=40702810138250123017|BankName=Банк'],
  ['payment', 'https://qr.nspk.ru/AS10003P3RH0LJ2A9ROO038L6NT5RU1M'],
  ['wifi', 'WIFI:T:WPA;S:guest;P:secret;;'],
  ['contact', 'BEGIN:VCARD\nVERSION:3.0\nN:Иванов'],
  ['goods', '010460406000600021N4N57RSCBUZTQ'],
  ['goods', '(01)04604060006000(21)abc'],
  ['goods', '4606203084623'],
  ['calibration', CALIBRATION_CODES.alphabet],
  ['other', 'ПРИВЕТ'],
  ['other', ''],
  ['other', 'QP2:ABC'],
] as const)('%s: %s', (kind, text) => {
  expect(foreignCodeOf(text)).toBe(kind)
})

it('answers for any text, at once', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 4300 }), (text) => {
      expect(foreignCodeOf(text)).toBeTypeOf('string')
    }),
    { seed: 6 },
  )
})
