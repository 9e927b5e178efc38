import type { ApplicationFile } from '../../contract/join/application-view.ts'

const EXTENSIONS: Readonly<Record<ApplicationFile['type'], readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
}

/** What a signed paper may be; `undefined`: something else. */
export const scanType = (type: string | undefined): ApplicationFile['type'] | undefined =>
  type === 'application/pdf' || type === 'image/jpeg' || type === 'image/png' ? type : undefined

/**
 * The sender's name for a file, as it may stand in a header and on somebody's disk: no folders, no control or invisible
 * characters, nothing that Windows reserves, and an extension that is of its bytes' type and not of the sender's choice.
 */
export function scanName(given: string, type: ApplicationFile['type']): string {
  const base = (given.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}<>:"|?*;%]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '')
  const [extension = 'pdf'] = EXTENSIONS[type]
  const dot = base.lastIndexOf('.')
  const own = dot > 0 && EXTENSIONS[type].includes(base.slice(dot + 1).toLowerCase())
  const stem = (own ? base.slice(0, dot) : base).slice(0, 120).trim()
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(stem)
  return `${stem === '' || reserved ? 'scan' : stem}.${own ? base.slice(dot + 1).toLowerCase() : extension}`
}
