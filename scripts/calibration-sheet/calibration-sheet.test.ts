import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { CALIBRATION_CODES, CODE_NAMES } from '../../contract/kiosk/calibration.ts'
import { codePicture, drawSheet } from './draw-sheet.ts'

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(fs.readFileSync(wasm)).buffer } })

const docs = path.resolve(import.meta.dirname, '../../docs')

test.each(CODE_NAMES)(
  'the picture of the code "%s" is drawn from the contract, and is read as its text',
  async (name) => {
    const kept = fs.readFileSync(path.join(docs, 'calibration', `${name}.png`))
    expect(kept.equals(await codePicture(name))).toBe(true)
    const shown = fs.readFileSync(path.join(docs, '../resources/calibration', `${name}.png`))
    expect(shown.equals(kept)).toBe(true)
    const [read] = await readBarcodes(new Uint8Array(kept), { formats: ['QRCode'] })
    expect(read?.text).toBe(CALIBRATION_CODES[name])
  },
)

test('the sheet in the documentation is the one that is drawn now, and small enough to be mailed', async () => {
  const kept = fs.readFileSync(path.join(docs, 'calibration-sheet.pdf'))
  expect(kept.equals(await drawSheet())).toBe(true)
  expect(kept.length).toBeLessThan(200_000)
})
