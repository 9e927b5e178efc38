/** A door with everything real: scanner keys, Electron, HTTP, PostgreSQL. What the person sees is what is recorded. */
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DISPLAY, openDoor, pause, until, type Door } from './door.ts'
import { kioskEnvironment } from './world.ts'
import { setXLayout, typeByKeyCodes } from './x-keys.ts'

let door: Door
const sample = (name: string): string => door.server.demo.samples.find(({ file }) => file === `${name}.png`)?.text ?? ''

beforeAll(async () => {
  door = await openDoor('door')
})
afterAll(() => door.close())
afterEach(() => setXLayout('us', DISPLAY))

describe('a keyboard-wedge scanner', () => {
  test.each([
    ['a US layout', 'us', {}],
    ['a Russian layout', 'ru', {}],
    ['a Russian layout and Caps Lock', 'ru', { capsLock: true }],
    ['a Russian layout, a slow scanner that ends on Tab', 'ru', { delay: 20, suffix: 'Tab' }],
    ['no suffix at all', 'us', { suffix: 'none' }],
  ] as const)('under %s: green, and one visit in PostgreSQL', async (_name, layout, how) => {
    await setXLayout(layout, DISPLAY)
    const pass = door.issue()
    await door.scan(pass, how)
    await door.shows('granted')
    await door.recorded([pass])
    expect(await door.records.of(pass)).toMatchObject([{ outcome: 'granted', let_in: true }])
  })

  test('it is the server that decides, where its answer comes while the visitor can wait', async () => {
    await until(async () => {
      const pass = door.issue()
      await door.scan(pass)
      await door.recorded([pass])
      return (await door.records.of(pass)).some((row) => row.decided_by === 'server')
    })
  })

  test('the demonstration’s passes get what they are samples of', async () => {
    await door.shows('idle')
    await door.picture('idle')
    for (const [name, state] of [
      ['admitted', 'granted'],
      ['restricted', 'denied'],
      ['expired', 'check'],
      ['forged', 'denied'],
      ['other-region', 'denied'],
    ] as const) {
      await door.present(sample(name), state)
      await door.picture(`${state}-${name}`)
      await door.shows('idle')
    }
    const restricted = sample('restricted')
    await door.recorded([restricted])
    // once for each time that this is told
    for (const row of await door.records.of(restricted)) expect(row).toMatchObject({ outcome: 'denied', let_in: false })
  })

  test('the same pass held up again sees its answer again and is one visit', async () => {
    const pass = door.issue()
    for (let times = 0; times < 3; times++) {
      await door.scan(pass)
      await door.shows('granted')
    }
    expect(await door.records.of(pass)).toHaveLength(1)
  })

  test('what a person types is no scan, and a foreign code is grey, not a refusal', async () => {
    await door.shows('idle')
    await typeByKeyCodes('good evening, guard', { display: DISPLAY, delay: 170 })
    expect(await door.kiosk.state()).toBe('idle')
    await door.scan('https://example.org/menu?table=7')
    await door.shows('unreadable')
    await door.picture('unreadable')
    await door.shows('idle')
  })
})

describe('a serial scanner', () => {
  test('a code in pieces, two codes in one, and every suffix', async () => {
    const [first, second, third] = [door.issue(), door.issue(), door.issue()]
    door.serial.send(first.slice(0, 50))
    door.serial.send(`${first.slice(50)}\r`)
    await door.recorded([first])
    door.serial.send(`]Q1${second}\r\n${third}\n`)
    await door.recorded([second, third])
  })

  test('pulled out in mid-code and put back: half a code is nothing, the next is read', async () => {
    const [half, whole] = [door.issue(), door.issue()]
    door.serial.send(half.slice(0, 70))
    await door.serial.unplug()
    await door.serial.plug()
    await until(async () => {
      door.serial.send(`${whole}\r\n`)
      await pause(300)
      return (await door.records.of(whole)).length === 1
    })
    expect(await door.records.of(half)).toEqual([])
  })

  test('a megabyte of noise is grey at most, and the next pass is read', async () => {
    door.serial.send(new Uint8Array(1_000_000).map((_, at) => (at * 7919) % 256))
    door.serial.send('\r\n')
    await door.shows('unreadable')
    const pass = door.issue()
    door.serial.send(`${pass}\r\n`)
    await door.recorded([pass])
  })
})

test('a restricted pass is refused and, lifted, let in again; nobody is told why', async () => {
  const pass = door.issue()
  await door.order('restrict', pass, '--days', '14', '--reason', 'planted-reason')
  await door.scan(pass)
  await door.shows('denied')
  expect(await door.kiosk.window.textContent('body')).not.toContain('planted-reason')
  await door.order('lift', pass)
  // The same presentation is answered from memory for ten seconds.
  await pause(10_500)
  await door.scan(pass)
  await door.shows('granted')
  const rows = await door.records.of(pass)
  expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual(['denied', 'granted'])
})

test('the window’s process dies: the screen comes back and scanning goes on', async () => {
  await door.kiosk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  const pass = door.issue()
  await until(async () => {
    await typeByKeyCodes(pass, { display: DISPLAY })
    await pause(300)
    return (await door.records.of(pass)).length > 0
  })
  await until(async () => {
    const visible: unknown = await door.kiosk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        "document.querySelector('[data-screen]')?.dataset.screen ?? ''",
      ),
    )
    return visible === 'idle'
  })
  await door.kiosk.close()
  await door.restartKiosk()
})

test('a second kiosk with the same data folder is refused with a sentence', () => {
  const electron = path.resolve(import.meta.dirname, '../node_modules/electron/dist/electron')
  const run = (): string =>
    execFileSync(electron, ['.'], {
      cwd: path.resolve(import.meta.dirname, '..'),
      env: {
        ...process.env,
        ...kioskEnvironment('', door.server.demo, path.join(door.folder, 'kiosk')),
      },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
    })
  expect(run).toThrow(/Another kiosk already works with the data folder/)
})

test('nothing of a pass or of a token is in what the server logged or the kiosk keeps once its queue is empty', () => {
  const planted = [
    ...door.server.demo.samples.map(({ text }) => text),
    door.server.demo.enrolment.split('#')[1]?.slice(0, 12) ?? '',
  ]
  for (const line of door.server.log) for (const secret of planted) expect(line).not.toContain(secret)
})
