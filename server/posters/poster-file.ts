import { posterUrl, spokenCode } from '../../contract/office/venue-code.ts'
import type { PosterSize } from '../../contract/office/venue.ts'

/**
 * «Плакат А4 7K4Q-2MX5 Краеведческий музей.pdf»: letters and digits of any script, so that no name can leave its folder,
 * break a header's line or hide its ending.
 */
export function posterFileName(venueName: string, code: string, size: PosterSize, locale: 'ru' | 'en'): string {
  const name = Array.from(venueName.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim())
    .slice(0, 60)
    .join('')
    .trim()
  return `${TITLES[locale][size]} ${spokenCode(code)}${name === '' ? '' : ` ${name}`}.pdf`
}

const TITLES: Readonly<Record<'ru' | 'en', Readonly<Record<PosterSize, string>>>> = {
  ru: { a4: 'Плакат А4', a5: 'Плакат А5', sticker: 'Наклейка' },
  en: { a4: 'Poster A4', a5: 'Poster A5', sticker: 'Sticker' },
}

/** What the documents need to draw it. */
export const posterOfVenue = (
  venue: { readonly name: string; readonly address: string },
  code: string,
  origin: string,
  size: PosterSize,
) => ({ venueName: venue.name, address: venue.address, url: posterUrl(origin, code), size })
