/** `memory` in KiB. */
export interface Argon2Parameters {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/** OWASP's password storage cheat sheet: argon2id, 19 MiB, two passes, one lane. */
export const PARAMETERS: Argon2Parameters = { memory: 19_456, passes: 2, lanes: 1 }

interface Phc {
  readonly parameters: Argon2Parameters
  readonly salt: Uint8Array
  readonly tag: Uint8Array
}

const SHAPE = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{43})$/

/** The string of the PHC format: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`, base64 without padding. */
export function writePhc({ parameters: { memory, passes, lanes }, salt, tag }: Phc): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${base64(salt)}$${base64(tag)}`
}

/** `undefined`: another algorithm, another version, or no PHC string at all. */
export function parsePhc(text: string): Phc | undefined {
  const [, memory, passes, lanes, salt = '', tag = ''] = SHAPE.exec(text) ?? []
  if (memory === undefined) return undefined
  const parameters = { memory: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  return { parameters, salt: bytes(salt), tag: bytes(tag) }
}

const base64 = (value: Uint8Array): string => btoa(String.fromCharCode(...value)).replaceAll('=', '')
const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
