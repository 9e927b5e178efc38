/** A terminal's life with the server, in real Electron: let in by a typed code, struck off, let in again by a QR code. */
import fs from 'node:fs'
import path from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { readEnrolment, spelledFingerprint } from '../contract/kiosk/enrolment.ts'
import { localPostgres } from '../server/postgres/local-postgres.ts'
import { openDatabase, type Database } from '../server/db/pool.ts'
import { thumbprint } from '../server/keys/key-file.ts'
import { signInAs, type SignedIn } from '../server/testing/sign-in.ts'
import { DISPLAY, openDoor, until, type Door } from './door.ts'
import { enrolmentAt } from './enrolment.ts'
import { tell } from './story.ts'
import { typeByKeyCodes } from './x-keys.ts'

const SCREENSHOTS = path.resolve(import.meta.dirname, '../out/screenshots/enrolment')

let door: Door
let db: Database
let operator: SignedIn

const press = (name: string | RegExp): Promise<void> => door.kiosk.window.getByRole('button', { name }).click()
const says = (text: string): Promise<unknown> => door.kiosk.window.getByText(text).first().waitFor({ timeout: 20_000 })
const deviceIs = (kind: string): Promise<unknown> =>
  door.kiosk.window.waitForSelector(`[data-device=${kind}]`, { timeout: 20_000 })
const picture = (name: string): Promise<unknown> =>
  door.kiosk.window.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) })
const finish = async (): Promise<void> => {
  await press(/Готово/)
  await press('Сохранить и начать')
  await door.shows('idle')
}
const newestDevice = async (): Promise<number> => {
  const row = await db.sql.selectFrom('devices').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
  return row.id
}
const kioskFile = (name: string): string => path.join(door.folder, 'kiosk', name)

async function openSetup(): Promise<void> {
  const keys = ['keydown', '37', 'keydown', '64', 'keydown', '39', 'sleep', '0.1', 'keyup', '39', 'keyup', '64']
  await promisify(execFile)('xdotool', [...keys, 'keyup', '37'], { env: { ...process.env, DISPLAY } })
  await door.shows('set-up')
}

async function operatorOf(url: string): Promise<SignedIn> {
  const ask: Parameters<typeof signInAs>[1] = async (method, at, { headers, body } = {}) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(url + at, {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body: String(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: {}, text, body: JSON.parse(text) as unknown }
  }
  return signInAs(db.sql, ask, url, [{ role: 'operator' }], () => new Date())
}

const life: Parameters<typeof tell>[0] = {
  'a new terminal asks for its code; typed by hand on a Russian layout too, it lets it in once the roots are compared':
    async () => {
      const enrolment = readEnrolment(await enrolmentAt(door.server))
      await deviceIs('none')
      await picture('asks')
      await door.kiosk.window.locator('input[type=url]').fill(door.server.url)
      await door.kiosk.window.locator('.code-boxes').click()
      const wrong = `${enrolment?.code.slice(0, -1) ?? ''}${enrolment?.code.endsWith('0') ? '1' : '0'}`
      await door.kiosk.window.locator('input[type=url]').blur()
      await typeByKeyCodes(wrong, { display: DISPLAY, delay: 90, suffix: 'none' })
      await says('В коде опечатка')
      await picture('mistyped')
      await press('Стереть')
      await typeByKeyCodes(enrolment?.code.slice(-1) ?? '', { display: DISPLAY, suffix: 'none' })
      await press('Подключить')
      await deviceIs('confirming')
      await says(spelledFingerprint(thumbprint(door.server.demo.rootKey)))
      await picture('compares')
      await press('Совпадает')
      await deviceIs('working')
      await picture('working')
      await finish()
    },

  'its first scan is green, and the server sees it in the fleet': async () => {
    const pass = door.issue()
    await door.present(pass, 'granted')
    await door.recorded([pass])
    const device = await newestDevice()
    await until(async () => (await operator.get(`/api/fleet/devices/${device}`)).text.includes('"queue"'))
  },

  'struck off in the fleet, it says so, and nothing of what it knew is left but its sealed queue': async () => {
    await door.shows('idle')
    expect(fs.readdirSync(kioskFile('knowledge')).length).toBeGreaterThan(1)
    const before = fs.readFileSync(kioskFile('device.sealed'))
    const { status } = await operator.post(`/api/fleet/devices/${await newestDevice()}/revoke`, { reason: 'украден' })
    expect(status).toBe(200)
    await door.shows('fault')
    await says('Оператор отключил этот терминал')
    await picture('struck-off')
    await until(() => fs.readdirSync(kioskFile('knowledge')).every((file) => !/keys|config|deny/.test(file)))
    await until(() => fs.readFileSync(kioskFile('device.sealed')).length < before.length)
    expect(fs.existsSync(kioskFile('queue.db'))).toBe(true)
  },

  'a QR code that its scanner reads lets it in again, once the Operator has approved it': async () => {
    await openSetup()
    await deviceIs('revoked')
    const enrolment = await enrolmentAt(door.server, { approved: false })
    const root = thumbprint(door.server.demo.rootKey)
    await typeByKeyCodes(`${enrolment}.${root}`, { display: DISPLAY })
    await deviceIs('pending')
    await picture('pending')
    expect((await operator.post(`/api/fleet/devices/${await newestDevice()}/approve`)).status).toBe(200)
    await deviceIs('working')
    await finish()
    const pass = door.issue()
    await door.present(pass, 'granted')
    await door.recorded([pass])
  },

  'started again, it is who it was': async () => {
    await door.kiosk.close()
    await door.restartKiosk()
    const pass = door.issue()
    await door.present(pass, 'granted')
    await door.recorded([pass])
  },
}

test('a terminal’s life with the server', async () => {
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  // no root packed, none set: one is pinned
  door = await openDoor('enrol', { DOPUSK_MODE: '', DOPUSK_ENROL: '', DOPUSK_ROOT_KEYS: '' }, 'set-up')
  try {
    const { url } = await localPostgres(path.join(door.server.dataFolder, 'postgres'))
    db = openDatabase(url, pino({ level: 'silent' }), 1)
    try {
      operator = await operatorOf(door.server.url)
      await tell(life)
    } finally {
      await db.close()
    }
  } finally {
    await door.close()
  }
}, 600_000)
