/** A door whose server is killed, frozen and gone, and whose kiosk is killed: nothing that was shown is lost or doubled. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoor, pause, serialScanner, type Door } from './door.ts'
import { startKiosk } from './world.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor('outage')
})
afterAll(() => door.close())

test('killed in the middle of requests and started again: every opened scan is in PostgreSQL once', async () => {
  const passes = Array.from({ length: 12 }, () => door.issue())
  const killed = new Promise<void>((resolve) => setTimeout(() => void door.server.kill().then(resolve), 700))
  for (const pass of passes) {
    door.serial.send(`${pass}\r\n`)
    await pause(120)
  }
  await killed
  await door.linkIs('down')
  const alone = door.issue()
  await door.scan(alone)
  await door.shows('granted')
  await door.picture('granted-offline')
  await door.restartServer()
  await door.recorded([...passes, alone])
  for (const pass of [...passes, alone]) expect(await door.records.of(pass)).toMatchObject([{ let_in: true }])
  expect(await door.records.of(alone)).toMatchObject([{ decided_by: 'kiosk' }])
  await door.linkIs('up')
})

test('frozen, connections open: the kiosk answers alone, and nothing is doubled when it thaws', async () => {
  const passes = Array.from({ length: 3 }, () => door.issue())
  door.server.freeze()
  for (const pass of passes) {
    await door.scan(pass)
    await door.shows('granted')
  }
  door.server.thaw()
  await door.recorded(passes)
  await door.linkIs('up')
  for (const pass of passes) expect(await door.records.of(pass)).toMatchObject([{ let_in: true }])
})

test('the kiosk is killed with visits in its queue: they are uploaded when it is back', async () => {
  await door.server.kill()
  const passes = Array.from({ length: 3 }, () => door.issue())
  for (const pass of passes) {
    // the green that is then seen is this one's
    await door.shows('idle')
    door.serial.send(`${pass}\r\n`)
    await door.shows('granted')
  }
  await door.kiosk.kill()
  await door.restartServer()
  await door.restartKiosk()
  await door.recorded(passes)
  for (const pass of passes) expect(await door.records.of(pass)).toMatchObject([{ let_in: true, decided_by: 'kiosk' }])
})

test('two kiosks at once: each its own scans, each visit once', async () => {
  const folder = fs.mkdtempSync(path.join(door.folder, 'second-'))
  const scanner = serialScanner(path.join(folder, 'scanner'))
  await scanner.plug()
  const other = await startKiosk(door.server, path.join(folder, 'kiosk'), { DOPUSK_SERIAL: scanner.path })
  try {
    await other.window.waitForSelector('[data-screen=idle]')
    const mine = Array.from({ length: 10 }, () => door.issue())
    const theirs = Array.from({ length: 10 }, () => door.issue())
    for (const [at, pass] of mine.entries()) {
      door.serial.send(`${pass}\r\n`)
      scanner.send(`${theirs[at]}\r\n`)
      await pause(100)
    }
    await door.recorded([...mine, ...theirs])
    for (const pass of [...mine, ...theirs]) expect(await door.records.of(pass)).toHaveLength(1)
  } finally {
    await other.close()
    await scanner.unplug()
  }
})
