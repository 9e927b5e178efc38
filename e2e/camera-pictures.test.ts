/** What the camera's worker, as it is shipped, reads in photographs: the fixtures of ZXing-C++. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readPictures, workerUrl } from './camera/deployed-worker.ts'
import { freePort, startKiosk, startServer, temporaryFolder, type KioskProcess, type ServerProcess } from './world.ts'

const ROOT = path.resolve(import.meta.dirname, '..')

let folder: string
let server: ServerProcess
let kiosk: KioskProcess
beforeAll(async () => {
  folder = temporaryFolder('pictures')
  server = await startServer(path.join(folder, 'server'), await freePort())
  kiosk = await startKiosk(server, path.join(folder, 'kiosk'), { DOPUSK_CAMERA: 'off' })
})
afterAll(async () => {
  await kiosk.close()
  await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const Line = z.object({ file: z.string(), expected: z.array(z.string()), zxingWasm: z.boolean() })
const images = path.resolve(import.meta.dirname, 'fixtures/qr')
const plain = (text: string): string => text.replace(/[ \t]*\r?\n/g, '\n').trimEnd()

test('photographs of codes, clean and damaged, dense and foreign: all that ZXing-C++ reads is read as it is, and nothing where there is nothing', async () => {
  const lines = fs
    .readFileSync(path.join(images, 'index.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))
  const readings = await readPictures(
    kiosk.window,
    workerUrl(ROOT),
    lines.map(({ file }) => ({ name: file, base64: fs.readFileSync(path.join(images, file)).toString('base64') })),
  )
  expect(readings).toHaveLength(lines.length)
  for (const [at, { file, expected, zxingWasm }] of lines.entries()) {
    const text = readings[at]?.text
    if (text === undefined) expect({ file, zxingWasm }).toEqual({ file, zxingWasm: false })
    else expect({ file, text: plain(text) }).toEqual({ file, text: plain(expected[0] ?? '') })
  }
  expect(readings.filter(({ text }) => text !== undefined)).toHaveLength(61)
})
