/**
 * For headers and names of files: control characters and line ends become a space, marks that turn the direction of
 * writing go.
 */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
