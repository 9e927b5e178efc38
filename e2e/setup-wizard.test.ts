/** The wizard in real Electron: a scanner types its codes, a person the PIN, and what was chosen holds at once. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { CALIBRATION_CODES, heardThrough } from '../contract/kiosk/calibration.ts'
import { holdUp, installCanvasCamera } from './camera/canvas-camera.ts'
import { modulesOf } from './camera/clips.ts'
import { DISPLAY, openDoor, pause, type Door } from './door.ts'
import { tell } from './story.ts'
import { startKiosk } from './world.ts'
import { typeByKeyCodes } from './x-keys.ts'

const SCREENSHOTS = path.resolve(import.meta.dirname, '../out/screenshots/setup')
const { alphabet, case: letters, length } = CALIBRATION_CODES
/** X key codes: Control, Alt, S. */
const OPEN_KEYS = ['37', '64', '39'] as const

let door: Door

const type = (text: string, delay = 0): Promise<void> => typeByKeyCodes(text, { display: DISPLAY, delay })
const press = (name: string | RegExp): Promise<void> => door.kiosk.window.getByRole('button', { name }).click()
const says = (text: string): Promise<unknown> => door.kiosk.window.getByText(text).first().waitFor({ timeout: 20_000 })
const picture = (name: string): Promise<unknown> =>
  door.kiosk.window.screenshot({ path: path.join(SCREENSHOTS, `electron-${name}.png`) })
const kept = (): unknown => JSON.parse(fs.readFileSync(path.join(door.folder, 'kiosk/setup.json'), 'utf8'))

async function askForSetup(): Promise<void> {
  const [control, alt, s] = OPEN_KEYS
  const down = [control, alt, s].flatMap((key) => ['keydown', key])
  const up = [s, alt, control].flatMap((key) => ['keyup', key])
  await promisify(execFile)('xdotool', [...down, 'sleep', '0.1', ...up], { env: { ...process.env, DISPLAY } })
}

const steps: Parameters<typeof tell>[0] = {
  'the first run opens the wizard, and nobody is admitted while it is open': async () => {
    await door.shows('set-up')
    const pass = door.issue()
    await press('Дальше')
    await press('Дальше')
    await type(pass)
    await says('прочитал в')
    expect(await door.records.of(pass)).toEqual([])
    expect(await door.kiosk.state()).toBe('set-up')
  },

  'a scanner that is set wrong is told what is wrong, in words': async () => {
    await press('Дальше')
    for (const text of [alphabet, letters]) await type(text.toLowerCase())
    await says('Сканер печатает строчными')
    await picture('lower-case')
    for (const text of [alphabet, letters, length])
      await type(heardThrough(text, { layout: 'german', letters: 'kept', spaces: 'kept' }))
    await says('Сканер настроен на немецкую клавиатуру')
    await type(alphabet.slice(0, 20) + alphabet.slice(23))
    await says('Потеряно символов: 3')
    await press('Проверить заново')
    await says('Жду первый код')
  },

  'a good one with a prefix is learnt, and what was chosen is kept as a whole at the end': async () => {
    for (const text of [alphabet, letters, length]) await type(`~${text}`, 4)
    await says('Всё в порядке')
    await says('Терминал это запомнил')
    await picture('well')
    expect(fs.existsSync(path.join(door.folder, 'kiosk/setup.json'))).toBe(false)
    await press(/Режим/)
    await door.kiosk.window.getByRole('radio', { name: /Пост охраны/ }).click()
    await press(/Защита/)
    // its digits are no PIN, and its Enter presses nothing
    await door.kiosk.window.getByRole('button', { name: 'Пропустить' }).focus()
    await type(door.issue())
    await says('Сканер прочитал код. Введите PIN снова')
    expect(await door.kiosk.window.locator('main').getAttribute('data-step')).toBe('pin')
    await type('2468', 90)
    await press('Дальше')
    await says('Введите его ещё раз')
    await type('2468', 90)
    await says('PIN принят')
    // nor is it anybody's name: what a person typed before it stays
    const contact = door.kiosk.window.getByLabel('Кого позвать')
    await contact.focus()
    await type('anna', 90)
    await pause(1000)
    await type(door.issue())
    await expect.poll(() => contact.inputValue()).toBe('anna')
    await press('Дальше')
    await picture('done')
    await press('Сохранить и начать')
    await door.shows('idle')
    expect(kept()).toEqual({
      mode: 'desk',
      language: 'ru',
      camera: { kind: 'any' },
      serialPorts: [],
      prefixes: { wedge: '~', serial: '', hid: '' },
      contact: 'anna',
      pin: expect.stringMatching(/^[\w-]{22}:[\w-]{43}$/) as unknown,
    })
  },

  'it holds at once: a desk, and the prefix taken off': async () => {
    await door.kiosk.window.waitForSelector('.mode-desk')
    const pass = door.issue()
    await door.scan(`~${pass}`)
    await door.shows('granted')
    await door.recorded([pass])
    await door.shows('idle')
  },

  'a visitor who scans while the PIN is asked for sees the answer, and has tried no PIN': async () => {
    await askForSetup()
    await door.shows('set-up-pin')
    const pass = door.issue()
    await typeByKeyCodes(`~${pass}`, { display: DISPLAY })
    await door.shows('granted')
    await door.recorded([pass])
    await door.shows('idle')
    await askForSetup()
    await door.shows('set-up-pin')
    expect(await door.kiosk.window.getByRole('alert').textContent()).toBe('')
    await press('Назад')
    await door.shows('idle')
  },

  'set-up is behind its PIN; five wrong ones are a pause, and the door works on': async () => {
    await askForSetup()
    await door.shows('set-up-pin')
    for (let wrong = 1; wrong <= 5; wrong++) {
      await type(`111${wrong}`, 30)
      await says(wrong < 5 ? 'PIN не подошёл' : 'Слишком много попыток')
      await pause(200)
    }
    await picture('pin-paused')
    expect(await door.kiosk.window.getByRole('button', { name: 'Открыть' }).isDisabled()).toBe(true)
    await press('Назад')
    await door.shows('idle')
    const pass = door.issue()
    await door.scan(`~${pass}`)
    await door.shows('granted')
    await door.recorded([pass])
  },

  'started again it is what it was set up to be, and its PIN opens set-up': async () => {
    await door.kiosk.close()
    door.kiosk = await startKiosk(door.server, path.join(door.folder, 'kiosk'), { DOPUSK_MODE: '' })
    await door.shows('idle')
    await door.kiosk.window.waitForSelector('.mode-desk')
    await askForSetup()
    await door.shows('set-up-pin')
    await type('2468', 30)
    await door.shows('set-up')
    await press('Выйти без сохранения')
    await door.shows('idle')
  },

  'a camera that is chosen is tried at once, and the one before is back where nothing was saved': async () => {
    await door.kiosk.close()
    const environment = { DOPUSK_MODE: '', DOPUSK_CAMERA: '' }
    const switches = ['--use-fake-device-for-media-stream=device-count=3']
    door.kiosk = await startKiosk(door.server, path.join(door.folder, 'kiosk'), environment, { switches })
    await door.shows('idle')
    await askForSetup()
    await door.shows('set-up-pin')
    await type('2468', 30)
    await door.shows('set-up')
    await press(/Считыватели/)
    const { window } = door.kiosk
    const seen = (): Promise<string | undefined> =>
      window.evaluate(() => {
        const stream = document.querySelector('video')?.srcObject
        return stream instanceof MediaStream ? stream.getVideoTracks()[0]?.label : undefined
      })
    // the one between sees depths alone
    const names = ['fake_device_0', 'fake_device_2']
    await expect.poll(seen, { timeout: 20_000 }).toBe(names[0])
    await window.getByRole('radio', { name: names[1] ?? '' }).click()
    await expect.poll(seen, { timeout: 20_000 }).toBe(names[1])
    await picture('camera-tried')
    await window.getByRole('radio', { name: 'Не использовать' }).click()
    await expect.poll(seen, { timeout: 20_000 }).toBeUndefined()
    await window.getByRole('radio', { name: names[1] ?? '' }).click()
    await expect.poll(seen, { timeout: 20_000 }).toBe(names[1])
    await press('Выйти без сохранения')
    await askForSetup()
    await door.shows('set-up-pin')
    await type('2468', 30)
    await door.shows('set-up')
    await press(/Считыватели/)
    await expect.poll(seen, { timeout: 20_000 }).toBe(names[0])
    await press('Выйти без сохранения')
  },

  'a code that is held to the camera behind set-up is admitted when set-up closes, without being taken away':
    async () => {
      const { window } = door.kiosk
      await door.shows('idle')
      await installCanvasCamera(window)
      await askForSetup()
      await door.shows('set-up-pin')
      await type('2468', 30)
      await door.shows('set-up')
      await press(/Считыватели/)
      const pass = door.issue()
      await window.waitForSelector('.camera-preview video')
      await holdUp(window, modulesOf(pass))
      await says('прочитал в')
      expect(await door.records.of(pass)).toEqual([])
      await press('Выйти без сохранения')
      await door.recorded([pass])
    },
}

test('set up, used, opened again: the wizard from the first run on', async () => {
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  door = await openDoor('setup', { DOPUSK_MODE: '' }, 'set-up')
  try {
    await tell(steps)
  } finally {
    await door.close()
  }
}, 600_000)
