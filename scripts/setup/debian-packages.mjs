// @ts-check
/** Which Debian package holds what Electron and the tests need. */

/**
 * Shared library → package. Several libraries of one package are all named: any of them may be the missing one.
 * @type {Readonly<Record<string, string>>}
 */
const libraries = {
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgdk-3.so.0': 'libgtk-3-0',
  'libgdk_pixbuf-2.0.so.0': 'libgdk-pixbuf-2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgmodule-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libpangocairo-1.0.so.0': 'libpangocairo-1.0-0',
  'libplc4.so': 'libnspr4',
  'libplds4.so': 'libnspr4',
  'libsmime3.so': 'libnss3',
  'libssl3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
}

/** Renamed when Debian 13 and Ubuntu 24.04 went over to 64-bit time. */
const renamed = [
  'libasound2',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libatspi2.0-0',
  'libcups2',
  'libglib2.0-0',
  'libgtk-3-0',
]

/**
 * The libraries that `ldd` could not find.
 * @param {string} ldd its output
 */
export const missingIn = (ldd) => [...ldd.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name)

/**
 * @param {readonly string[]} missing names of libraries
 * @param {boolean} time64 whether this system has the renamed packages
 * @returns {{ packages: string[], unknown: string[] }}
 */
export function packagesFor(missing, time64) {
  const packages = missing.flatMap((name) => libraries[name] ?? [])
  return {
    packages: [...new Set(packages.map((name) => (time64 && renamed.includes(name) ? `${name}t64` : name)))].sort(),
    unknown: missing.filter((name) => !(name in libraries)),
  }
}

/**
 * Whether a system has gone over, by its /etc/os-release. Debian's testing and unstable carry no number: they have.
 * @param {string} release
 */
export function hasTime64(release) {
  const value = (/** @type {string} */ name) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(release)?.[1]
  const since = { debian: 13, ubuntu: 24.04 }[value('ID') ?? '']
  const version = value('VERSION_ID')
  return since !== undefined && (version === undefined || Number(version) >= since)
}

/**
 * The same names as the other kind of system has them.
 * @param {readonly string[]} packages
 */
export const otherNames = (packages) =>
  packages.map((name) =>
    renamed.includes(name) ? `${name}t64` : name.endsWith('t64') ? name.slice(0, -'t64'.length) : name,
  )
