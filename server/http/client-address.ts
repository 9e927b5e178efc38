import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/**
 * Who asks, as far as rates are concerned: an IPv4 address, or the /64 of an IPv6 address, which is one customer's.
 * @param proxies how many of ours stand in front: each added one address at the end of X-Forwarded-For; what stands
 *   before those the sender may have written itself
 */
export function clientAddress({ headers, socket }: IncomingMessage, proxies: number): string {
  const given = headers['x-forwarded-for']
  const hops = (typeof given === 'string' ? given : '').split(',').map((hop) => hop.trim())
  const told = proxies > 0 ? hops.at(-proxies) : undefined
  const address = (told === undefined || told === '' ? socket.remoteAddress : told) ?? ''
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIPv6(plain) ? network(plain) : plain
}

/** `2001:db8::1` → `2001:db8:0:0` */
function network(address: string): string {
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array<string>(Math.max(0, missing)).fill('0'), ...after]
  return groups.slice(0, 4).join(':')
}
