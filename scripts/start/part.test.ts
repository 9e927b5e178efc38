import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lives } from '../setup/lock.mjs'
import { endLeftover, lastWords, listening, startPart } from './part.mjs'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dopusk-part-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const log = (): string => join(folder, 'part.log')
const start = (script: string) =>
  startPart({ name: 'part', file: process.execPath, args: ['-e', script], env: process.env, cwd: folder, log: log() })

test('the address is heard, also when its line comes in two pieces after noise', async () => {
  const line = JSON.stringify({ msg: 'listening', url: 'http://127.0.0.1:1' })
  const part = start(`
    process.stdout.write('noise\\n{"msg":"other"}\\n' + ${JSON.stringify(line.slice(0, 20))})
    setTimeout(() => process.stdout.write(${JSON.stringify(line.slice(20) + '\n')}), 60)
    setInterval(() => {}, 1000)`)
  expect(await listening(part)).toBe('http://127.0.0.1:1')
  await part.stop(5000)
  expect(lives(part.identity)).toBe(false)
})

test('a part that ends before it listens says why, in JSON or in plain words', async () => {
  const inJson = start(
    `console.log(JSON.stringify({ level: 60, msg: 'no port', err: { message: 'taken' } })); process.exit(3)`,
  )
  expect(await listening(inJson)).toBeUndefined()
  expect(await inJson.ended).toBe(3)
  expect(lastWords(inJson)).toBe(`no port: taken. Its log: ${log()}`)
  const inWords = start(`console.error('PORT is wrong.'); process.exit(1)`)
  expect(await listening(inWords)).toBeUndefined()
  expect(lastWords(inWords)).toBe(`PORT is wrong. Its log: ${log()}`)
  expect(readFileSync(`${log()}.1`, 'utf8')).toContain('no port')
})

test('a part that does not want to stop is made to', async () => {
  const part = start(`
    process.on('SIGTERM', () => console.log('no'))
    console.log(JSON.stringify({ msg: 'listening', url: 'x' }))
    setInterval(() => {}, 1000)`)
  await listening(part)
  await part.stop(200)
  expect(lives(part.identity)).toBe(false)
})

test('a program that is not there ends at once, and stopping it harms nobody', async () => {
  const part = startPart({ name: 'part', file: join(folder, 'none'), args: [], env: {}, cwd: folder, log: log() })
  expect(await part.ended).toBe(127)
  await part.stop(100)
})

test('what a killed start left is ended', async () => {
  const part = start(`console.log(JSON.stringify({ msg: 'listening', url: 'x' })); setInterval(() => {}, 1000)`)
  await listening(part)
  await endLeftover(part.identity)
  expect(lives(part.identity)).toBe(false)
})
