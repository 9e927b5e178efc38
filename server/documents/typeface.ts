/** Golos Text in its four files: which characters each has. Pure but for where the files lie. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type Weight = 400 | 500 | 600 | 700 | 800

type Script = 'latin' | 'latin-ext' | 'cyrillic' | 'cyrillic-ext'
export type FontName = `${Script}-${Weight}`

export const WEIGHTS: readonly Weight[] = [400, 500, 600, 700, 800]
const folder = dirname(createRequire(import.meta.url).resolve('@fontsource/golos-text/package.json'))
export const fontFile = (name: FontName): string => join(folder, 'files', `golos-text-${name}-normal.woff`)

// The first that matches; of the package's own table (unicode.json) what is drawn in names and addresses.
const SCRIPTS: readonly (readonly [Script, RegExp])[] = [
  ['cyrillic', /[\u0301\u0400-\u045F\u0490\u0491\u04B0\u04B1\u2116]/],
  [
    'latin',
    /[\u0020-\u007E\u00A0-\u00AC\u00AE-\u00FF\u0131\u0152\u0153\u2010-\u2015\u2018-\u201E\u2020-\u2022\u2026\u2030\u2039\u203A\u20AC\u2122\u2212]/,
  ],
  ['cyrillic-ext', /[\u0460-\u052F\u20B4]/],
  ['latin-ext', /[\u0100-\u02AF\u1E00-\u1E9F\u1EF2-\u1EFF]/],
]
const scriptOf = (character: string): Script | undefined => SCRIPTS.find(([, has]) => has.test(character))?.[0]

/** One line of text with nothing in it that cannot be drawn: what the typeface lacks becomes «?», what is invisible goes. */
export function drawable(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .trim()
  return [...plain].map((character) => (scriptOf(character) ? character : '?')).join('')
}

export interface Run {
  readonly script: Script
  readonly text: string
}

/** Cut where the file of the typeface changes; `text` as `drawable` gives it. */
export function runsOf(text: string): Run[] {
  const runs: { script: Script; text: string }[] = []
  for (const character of text) {
    const last = runs.at(-1)
    // a space belongs to what it follows: fewer, longer pieces of text are found and copied better
    const script =
      character === ' ' && last?.script.startsWith('latin') ? last.script : (scriptOf(character) ?? 'latin')
    if (last?.script === script) last.text += character
    else runs.push({ script, text: character })
  }
  return runs
}
