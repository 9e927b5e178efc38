import { describe, expect, test } from 'vitest'
import { hasTime64, missingIn, otherNames, packagesFor } from './debian-packages.mjs'

const ldd = `
	linux-vdso.so.1 (0x00007ffd3a5f2000)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f0b1c000000)
	libgtk-3.so.0 => not found
	libgdk-3.so.0 => not found
	libasound.so.2 => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0b1bc00000)
`
const missing = ['libgtk-3.so.0', 'libgdk-3.so.0', 'libasound.so.2', 'libnss3.so']

describe('what ldd could not find', () => {
  test('is listed', () => expect(missingIn(ldd)).toEqual(missing))

  test('has a package, each named once', () =>
    expect(packagesFor(missing, false)).toEqual({ packages: ['libasound2', 'libgtk-3-0', 'libnss3'], unknown: [] }))

  test('has other names since 64-bit time, where the package was renamed', () =>
    expect(packagesFor(missing, true).packages).toEqual(['libasound2t64', 'libgtk-3-0t64', 'libnss3']))

  test('is named as it is when nobody knows its package', () =>
    expect(packagesFor(['libodd.so.9'], false)).toEqual({ packages: [], unknown: ['libodd.so.9'] }))
})

test('the other names of names are the names again', () => {
  const { packages } = packagesFor(missing, true)
  expect(otherNames(packages)).toEqual(['libasound2', 'libgtk-3-0', 'libnss3'])
  expect(otherNames(otherNames(packages))).toEqual(packages)
})

test.each([
  ['ID=debian\nVERSION_ID="12"\n', false],
  ['ID=debian\nVERSION_ID="13"\n', true],
  ['PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n', true],
  ['VERSION_ID="22.04"\nID=ubuntu\nID_LIKE=debian\n', false],
  ['VERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n', true],
  ['ID=alpine\nVERSION_ID=3.20\n', false],
  ['', false],
])('64-bit time of %j: %j', (release, time64) => expect(hasTime64(release)).toBe(time64))
