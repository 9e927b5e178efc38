import fs from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A copy of the built application in which one bit of the camera's WebAssembly is wrong. @param within where its folder is made */
export function damagedApplication(within: string): string {
  const folder = fs.mkdtempSync(path.join(within, 'damaged-'))
  for (const part of ['out/main', 'out/preload', 'out/renderer', 'package.json'])
    fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true })
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  const assets = path.join(folder, 'out/renderer/assets')
  const wasm = path.join(assets, fs.readdirSync(assets).find((name) => name.endsWith('.wasm')) ?? '')
  const bytes = fs.readFileSync(wasm)
  bytes[5000] = (bytes[5000] ?? 0) ^ 1
  fs.writeFileSync(wasm, bytes)
  return folder
}
