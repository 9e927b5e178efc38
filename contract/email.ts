import { z } from 'zod'

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u

/**
 * An e-mail address as people write it: one `local@domain`, the domain also in Cyrillic (почта.рф). No names, comments,
 * quotes, spaces or control characters, so that it can be no second header and no second recipient. 254 characters at
 * most (RFC 5321). The domain comes out in lower case.
 */
export const Email = z
  .string()
  .trim()
  .max(254)
  .refine((text) => {
    const at = text.lastIndexOf('@')
    const domain = text.slice(at + 1).split('.')
    return (
      at > 0 && at <= 64 && LOCAL.test(text.slice(0, at)) && domain.length > 1 && domain.every((one) => LABEL.test(one))
    )
  }, 'not an e-mail address')
  .transform((text) => {
    const at = text.lastIndexOf('@')
    return `${text.slice(0, at)}@${text.slice(at + 1).toLowerCase()}`
  })
  .meta({ id: 'Email' })
