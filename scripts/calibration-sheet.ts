/** `npm run calibration-sheet -- out.pdf`: the sheet that proves a scanner, and its three codes as pictures. */
import fs from 'node:fs'
import path from 'node:path'
import { CODE_NAMES } from '../contract/kiosk/calibration.ts'
import { codePicture, drawSheet } from './calibration-sheet/draw-sheet.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const DOCS = path.join(ROOT, 'docs')
/** The pictures are for people's phones, and for the window. */
const PICTURES = [path.join(DOCS, 'calibration'), path.join(ROOT, 'resources/calibration')]

const file = process.argv[2] ?? path.join(DOCS, 'calibration-sheet.pdf')
fs.writeFileSync(file, await drawSheet())
console.log(`${file}: ${fs.statSync(file).size} bytes`)

// Without a file of one's own the documentation's are made: the pictures with it.
if (process.argv[2] === undefined) {
  for (const folder of PICTURES) {
    fs.mkdirSync(folder, { recursive: true })
    for (const name of CODE_NAMES) fs.writeFileSync(path.join(folder, `${name}.png`), await codePicture(name))
    console.log(folder)
  }
}
