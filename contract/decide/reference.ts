/** Crockford's base 32: no I, L, O, U, so that it survives a telephone. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The number a refused person can quote: `7K4-Q2M`, 30 random bits of the admission's UUIDv7 (its last 15 hex digits
 * are random). Kiosk and server derive the same one, so a refusal made without a network can be looked up later.
 */
export function referenceOf(admissionId: string): string {
  const random = BigInt(`0x${admissionId.replaceAll('-', '').slice(-8)}`)
  const digits = Array.from({ length: 6 }, (_, at) => DIGITS[Number((random >> BigInt(at * 5)) & 31n)] ?? '0')
  return `${digits.slice(0, 3).join('')}-${digits.slice(3).join('')}`
}
