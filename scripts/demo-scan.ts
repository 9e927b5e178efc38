/** `npm run demo:scan -- <file.png | text>`: the running demonstration's kiosk gets the code key by key, as from a scanner. */
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { readBarcodes } from 'zxing-wasm/reader'
import { prepareZXingModule } from 'zxing-wasm/reader'
import { demoSocketPath } from '../app/main/demo/demo-socket-path.ts'

/** The text of a picture's QR code, of a .txt file, or the argument itself. @throws {Error} one sentence */
async function textOf(argument: string): Promise<string> {
  if (argument.endsWith('.txt')) return fs.readFileSync(argument, 'utf8').replace(/\r?\n$/, '')
  if (!/\.(png|jpe?g)$/i.test(argument)) return argument
  const wasm = fs.readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
  const [code] = await readBarcodes(new Uint8Array(fs.readFileSync(argument)), {
    formats: ['QRCode'],
    maxNumberOfSymbols: 1,
  })
  if (!code?.text) throw new Error(`${argument} holds no readable QR code.`)
  return code.text
}

function send(text: string, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(socketPath, () => socket.end(text + '\n'))
    socket.on('error', () => reject(new Error('No demonstration is running here: start it with `npm start` first.')))
    socket.on('data', () => undefined)
    socket.on('close', () => resolve())
  })
}

const [argument] = process.argv.slice(2)
try {
  if (argument === undefined) throw new Error('Say what to scan: npm run demo:scan -- data/demo/admitted.png')
  const dataFolder = path.resolve(process.env['DOPUSK_DATA'] ?? 'data', 'kiosk')
  await send(await textOf(argument), demoSocketPath(dataFolder))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
