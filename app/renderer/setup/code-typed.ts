/** What a key makes of a code or of an address: pure. Keys by their place, so that a Russian layout does not matter. */
import { CODE_LENGTH, CODE_LETTERS, tidiedCode } from '../../../contract/kiosk/enrolment.ts'

const LONGEST_SERVER = 200

/** @param key `KeyboardEvent.code`, or a letter of the pad */
export function codeTyped(code: string, key: string): string {
  if (key === 'Backspace') return code.slice(0, -1)
  const letter = tidiedCode(/^(?:Key|Digit|Numpad)?([A-Z0-9])$/.exec(key)?.[1] ?? '')
  return letter !== '' && CODE_LETTERS.includes(letter) && code.length < CODE_LENGTH ? code + letter : code
}

export const serverTyped = (server: string, key: string): string =>
  key === 'Backspace' ? server.slice(0, -1) : (server + key.toLowerCase()).slice(0, LONGEST_SERVER)

/** What a person means by `qr.region.ru`; `undefined`: no address of a server, as one with a `#` of a page. */
export function addressOf(text: string): string | undefined {
  const typed = text.trim()
  const whole = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`
  const isAddress = typed !== '' && whole.length <= LONGEST_SERVER && !/[\s#]/.test(whole) && URL.canParse(whole)
  return isAddress ? whole.replace(/\/+$/, '') : undefined
}
