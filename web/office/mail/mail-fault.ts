/** What an error code of a mail (`RCPT TO 550`, `CONN ETIMEDOUT`) means to a person. */
export type Fault = 'recipient' | 'refused' | 'busy' | 'signIn' | 'line' | 'unknown'

export function faultOf(error: string): Fault {
  const answer = Number(/(\d{3})$/.exec(error)?.[1] ?? Number.NaN)
  if (answer >= 500 && error.startsWith('RCPT')) return 'recipient'
  if (answer >= 500 && error.startsWith('DATA')) return 'refused'
  if (answer >= 500 || error.startsWith('AUTH') || error.includes('EAUTH')) return 'signIn'
  if (answer >= 400) return 'busy'
  return /E(?:TIMEDOUT|CONN|SOCKET|DNS|TLS)|ABORT/.test(error) ? 'line' : 'unknown'
}
