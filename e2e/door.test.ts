/** A door with everything real: scanner keys, Electron, HTTP, PostgreSQL. What the person sees is what is recorded. */
import fs from 'node:fs'
import path from 'node:path'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openRecords, operator, type Records } from './visits.ts'
import {
  ended,
  freePort,
  kioskEnvironment,
  passIssuer,
  startKiosk,
  startServer,
  temporaryFolder,
  type KioskProcess,
  type ServerProcess,
} from './world.ts'
import { setXLayout, typeByKeyCodes } from './x-keys.ts'

const display = process.env['DISPLAY'] ?? ''
const SCREENSHOTS = path.resolve(import.meta.dirname, '../out/screenshots/door')

let folder: string
let port: number
let server: ServerProcess
let kiosk: KioskProcess
let records: Records
let issue: Awaited<ReturnType<typeof passIssuer>>
let socat: ChildProcess | undefined

const serialPath = (): string => path.join(folder, 'scanner')
const sample = (name: string): string => server.demo.samples.find(({ file }) => file === `${name}.png`)?.text ?? ''

async function plugSerial(): Promise<void> {
  socat = spawn('socat', [`pty,raw,echo=0,link=${serialPath()}`, `pty,raw,echo=0,link=${serialPath()}.host`])
  await until(() => fs.existsSync(`${serialPath()}.host`))
}
async function unplugSerial(): Promise<void> {
  socat?.kill('SIGKILL')
  if (socat) await ended(socat)
  for (const end of ['', '.host']) fs.rmSync(serialPath() + end, { force: true })
}
const sendSerial = (text: string | Uint8Array): void => fs.appendFileSync(`${serialPath()}.host`, text)

async function until(holds: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Held up when the screen is free, so that what it then shows is the answer to this. */
async function scan(text: string, how: Partial<Parameters<typeof typeByKeyCodes>[1]> = {}): Promise<void> {
  await shows('idle')
  await typeByKeyCodes(text, { display, ...how })
}

async function shows(state: string, of: KioskProcess = kiosk): Promise<void> {
  await of.window.waitForSelector(`[data-screen=${state}]`, { timeout: 20_000 })
}
const picture = (name: string): Promise<Buffer> =>
  kiosk.window.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) })
const linkIs = (state: string): Promise<unknown> =>
  kiosk.window.waitForSelector(`[data-link=${state}]`, { state: 'attached', timeout: 60_000 })

beforeAll(async () => {
  folder = temporaryFolder('door')
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  port = await freePort()
  server = await startServer(path.join(folder, 'server'), port)
  records = await openRecords(server)
  issue = await passIssuer(server)
  await plugSerial()
  kiosk = await startKiosk(server, path.join(folder, 'kiosk'), { DOPUSK_SERIAL: serialPath() })
  await shows('idle')
})
afterAll(async () => {
  await kiosk.close()
  await records.close()
  await server.stop()
  await unplugSerial()
  fs.rmSync(folder, { recursive: true, force: true })
})
afterEach(() => setXLayout('us', display))

describe('a keyboard-wedge scanner', () => {
  test.each([
    ['a US layout', 'us', {}],
    ['a Russian layout', 'ru', {}],
    ['a Russian layout and Caps Lock', 'ru', { capsLock: true }],
    ['a Russian layout, a slow scanner that ends on Tab', 'ru', { delay: 20, suffix: 'Tab' }],
    ['no suffix at all', 'us', { suffix: 'none' }],
  ] as const)('under %s: green, and one visit in PostgreSQL', async (_name, layout, how) => {
    await setXLayout(layout, display)
    const pass = issue()
    await scan(pass, how)
    await shows('granted')
    expect(await records.of(pass)).toMatchObject([{ outcome: 'granted', decided_by: 'server', let_in: true }])
  })

  test('the demonstration’s passes get what they are samples of', async () => {
    await picture('idle')
    for (const [name, state] of [
      ['admitted', 'granted'],
      ['restricted', 'denied'],
      ['expired', 'check'],
      ['forged', 'denied'],
      ['other-region', 'denied'],
    ] as const) {
      await scan(sample(name))
      await shows(state)
      await picture(`${state}-${name}`)
      await shows('idle')
    }
    expect(await records.of(sample('restricted'))).toMatchObject([{ outcome: 'denied', let_in: false }])
  })

  test('the same pass held up again sees its answer again and is one visit', async () => {
    const pass = issue()
    for (let times = 0; times < 3; times++) {
      await scan(pass)
      await shows('granted')
    }
    expect(await records.of(pass)).toHaveLength(1)
  })

  test('what a person types is no scan, and a foreign code is grey, not a refusal', async () => {
    await shows('idle')
    await typeByKeyCodes('good evening, guard', { display, delay: 170 })
    expect(await kiosk.state()).toBe('idle')
    await scan('https://example.org/menu?table=7')
    await shows('unreadable')
    await picture('unreadable')
    await shows('idle')
  })
})

describe('a serial scanner', () => {
  test('a code in pieces, two codes in one, and every suffix', async () => {
    const [first, second, third] = [issue(), issue(), issue()]
    sendSerial(first.slice(0, 50))
    sendSerial(`${first.slice(50)}\r`)
    await until(async () => (await records.of(first)).length === 1)
    sendSerial(`]Q1${second}\r\n${third}\n`)
    await until(async () => (await records.of(second)).length === 1 && (await records.of(third)).length === 1)
  })

  test('pulled out in mid-code and put back: half a code is nothing, the next is read', async () => {
    const [half, whole] = [issue(), issue()]
    sendSerial(half.slice(0, 70))
    await unplugSerial()
    await plugSerial()
    await until(async () => {
      sendSerial(`${whole}\r\n`)
      await new Promise((resolve) => setTimeout(resolve, 300))
      return (await records.of(whole)).length === 1
    })
    expect(await records.of(half)).toEqual([])
  })

  test('a megabyte of noise is grey at most, and the next pass is read', async () => {
    sendSerial(new Uint8Array(1_000_000).map((_, at) => (at * 7919) % 256))
    sendSerial('\r\n')
    await shows('unreadable')
    const pass = issue()
    sendSerial(`${pass}\r\n`)
    await until(async () => (await records.of(pass)).length === 1)
  })
})

test('a restricted pass is refused and, lifted, let in again; nobody is told why', async () => {
  const pass = issue()
  await operator(server, 'restrict', pass, '--days', '14', '--reason', 'planted-reason')
  // In force on every server within two seconds.
  await new Promise((resolve) => setTimeout(resolve, 2000))
  await scan(pass)
  await shows('denied')
  expect(await kiosk.window.textContent('body')).not.toContain('planted-reason')
  await operator(server, 'lift', pass)
  // The same presentation is answered from memory for ten seconds.
  await new Promise((resolve) => setTimeout(resolve, 10_500))
  await scan(pass)
  await shows('granted')
  const rows = await records.of(pass)
  expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual(['denied', 'granted'])
})

test('the window’s process dies: the screen comes back and scanning goes on', async () => {
  await kiosk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  const pass = issue()
  await until(async () => {
    await typeByKeyCodes(pass, { display })
    await new Promise((resolve) => setTimeout(resolve, 300))
    return (await records.of(pass)).length > 0
  })
  await until(async () => {
    const visible = await kiosk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        "document.querySelector('[data-screen]')?.dataset.screen ?? ''",
      ),
    )
    return visible === 'idle'
  })
  await kiosk.close()
  kiosk = await startKiosk(server, path.join(folder, 'kiosk'), { DOPUSK_SERIAL: serialPath() })
  await shows('idle')
})

test('a second kiosk with the same data folder is refused with a sentence', () => {
  const electron = path.resolve(import.meta.dirname, '../node_modules/electron/dist/electron')
  const run = (): string =>
    execFileSync(electron, ['.'], {
      cwd: path.resolve(import.meta.dirname, '..'),
      env: { ...process.env, ...kioskEnvironment(server.url, server.demo.deviceToken, path.join(folder, 'kiosk')) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  expect(run).toThrow(/Another kiosk already works with the data folder/)
})

describe('without a server', () => {
  test('killed in the middle of requests and started again: every opened scan is in PostgreSQL once', async () => {
    const passes = Array.from({ length: 12 }, () => issue())
    const killed = new Promise<void>((resolve) => setTimeout(() => void server.kill().then(resolve), 700))
    for (const pass of passes) {
      sendSerial(`${pass}\r\n`)
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
    await killed
    await linkIs('down')
    const alone = issue()
    await scan(alone)
    await shows('granted')
    await picture('granted-offline')
    server = await startServer(path.join(folder, 'server'), port)
    await records.close()
    records = await openRecords(server)
    await until(async () => {
      for (const pass of [...passes, alone]) if ((await records.of(pass)).length === 0) return false
      return true
    }, 60_000)
    for (const pass of [...passes, alone]) expect(await records.of(pass)).toMatchObject([{ let_in: true }])
    expect(await records.of(alone)).toMatchObject([{ decided_by: 'kiosk' }])
    await linkIs('up')
  })

  test('frozen, connections open: the kiosk answers alone, and nothing is doubled when it thaws', async () => {
    const passes = Array.from({ length: 3 }, () => issue())
    server.freeze()
    for (const pass of passes) {
      await scan(pass)
      await shows('granted')
    }
    server.thaw()
    await until(async () => {
      for (const pass of passes) if ((await records.of(pass)).length === 0) return false
      return true
    }, 60_000)
    await linkIs('up')
    for (const pass of passes) expect(await records.of(pass)).toMatchObject([{ let_in: true }])
  })

  test('the kiosk is killed with visits in its queue: they are uploaded when it is back', async () => {
    await server.kill()
    const passes = Array.from({ length: 3 }, () => issue())
    for (const pass of passes) {
      sendSerial(`${pass}\r\n`)
      await shows('granted')
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
    await kiosk.kill()
    server = await startServer(path.join(folder, 'server'), port)
    await records.close()
    records = await openRecords(server)
    kiosk = await startKiosk(server, path.join(folder, 'kiosk'), { DOPUSK_SERIAL: serialPath() })
    await until(async () => {
      for (const pass of passes) if ((await records.of(pass)).length === 0) return false
      return true
    }, 60_000)
    for (const pass of passes) expect(await records.of(pass)).toMatchObject([{ let_in: true, decided_by: 'kiosk' }])
  })
})

test('two kiosks at once: each its own scans, each visit once', async () => {
  const other = await startKiosk(server, path.join(folder, 'kiosk-2'), { DOPUSK_SERIAL: `${serialPath()}-2` })
  const line = spawn('socat', [`pty,raw,echo=0,link=${serialPath()}-2`, `pty,raw,echo=0,link=${serialPath()}-2.host`])
  await until(() => fs.existsSync(`${serialPath()}-2.host`))
  await shows('idle', other)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const mine = Array.from({ length: 10 }, () => issue())
  const theirs = Array.from({ length: 10 }, () => issue())
  for (const at of mine.keys()) {
    sendSerial(`${mine[at]}\r\n`)
    fs.appendFileSync(`${serialPath()}-2.host`, `${theirs[at]}\r\n`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  for (const pass of [...mine, ...theirs]) {
    await until(async () => (await records.of(pass)).length > 0)
    expect(await records.of(pass)).toHaveLength(1)
  }
  await other.close()
  line.kill()
})

test('nothing of a pass or of a token is in what the server logged or the kiosk keeps once its queue is empty', () => {
  const planted = [...server.demo.samples.map(({ text }) => text), server.demo.deviceToken]
  for (const line of server.log) for (const secret of planted) expect(line).not.toContain(secret)
})
