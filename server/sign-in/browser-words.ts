/** In this order: what calls itself by several names is what it says first here. */
const BROWSERS: readonly (readonly [part: string, name: string])[] = [
  ['YaBrowser/', 'Яндекс Браузер'],
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser/', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['CriOS/', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
]
const SYSTEMS: readonly (readonly [part: string, name: string])[] = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
]

/** «Firefox · Windows», by which the account's owner knows it again; '' of what says nothing known. */
export function browserWords(userAgent: string | undefined): string {
  const find = (table: typeof BROWSERS): string | undefined => table.find(([part]) => userAgent?.includes(part))?.[1]
  return [find(BROWSERS), find(SYSTEMS)].filter((word) => word !== undefined).join(' · ')
}
