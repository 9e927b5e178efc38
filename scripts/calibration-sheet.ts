/** `npm run calibration-sheet -- out.pdf`: the sheet that proves a scanner, and its three codes as pictures. */
import fs from 'node:fs'
import path from 'node:path'
import { CODE_NAMES } from '../server/contract/calibration.ts'
import { codePicture, drawSheet } from './calibration-sheet/draw-sheet.ts'

const DOCS = path.resolve(import.meta.dirname, '../docs')

const file = process.argv[2] ?? path.join(DOCS, 'calibration-sheet.pdf')
fs.writeFileSync(file, await drawSheet())
console.log(`${file}: ${fs.statSync(file).size} bytes`)

// Without a file of one's own the documentation's are made: the pictures with it.
if (process.argv[2] === undefined) {
  fs.mkdirSync(path.join(DOCS, 'calibration'), { recursive: true })
  for (const name of CODE_NAMES) {
    const picture = path.join(DOCS, 'calibration', `${name}.png`)
    fs.writeFileSync(picture, await codePicture(name))
    console.log(picture)
  }
}
