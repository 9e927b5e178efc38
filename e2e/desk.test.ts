/** A desk with everything real: the employee's keys and touches, and what PostgreSQL then holds. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DISPLAY, openDoor, pause, until, type Door } from './door.ts'
import type { VisitRow } from './visits.ts'
import { pressKey, typeByKeyCodes } from './x-keys.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor('desk', { DOPUSK_MODE: 'desk' })
})
afterAll(() => door.close())

const SEEN_MS = 450
/** The employee has seen the answer, and presses. */
async function press(code: string): Promise<void> {
  await pause(SEEN_MS)
  await pressKey(code, DISPLAY)
}
const expired = (): string => door.issue({ expiresAt: Math.floor(Date.now() / 1000) - 3600 })
async function restricted(): Promise<string> {
  const pass = door.issue()
  await door.order('restrict', pass, '--days', '14', '--reason', 'test')
  return pass
}
/** Until the one row of a pass is so. */
async function becomes(pass: string, row: Partial<VisitRow>): Promise<void> {
  let last: readonly VisitRow[] = []
  await until(async () => {
    last = await door.records.of(pass)
    const [only] = last
    return last.length === 1 && Object.entries(row).every(([key, value]) => only?.[key as keyof VisitRow] === value)
  }, 20_000).catch(() => expect(last).toMatchObject([row]))
}
/** The next scan does not wait for the one before to be over. */
const scanAtOnce = (pass: string): Promise<void> => typeByKeyCodes(pass, { display: DISPLAY })
interface Numbers {
  readonly admitted: number
  readonly refused: number
}
/** Of the day, as they stand on the desk's screen. */
async function numbers(): Promise<Numbers> {
  const [admitted, refused] = await door.kiosk.window.locator('.numbers dd').allTextContents()
  return { admitted: Number(admitted), refused: Number(refused) }
}
/** Until the screen has counted so many more than before. */
async function counts(before: Numbers, more: Numbers): Promise<Numbers> {
  const after = { admitted: before.admitted + more.admitted, refused: before.refused + more.refused }
  await expect.poll(numbers, { timeout: 20_000 }).toEqual(after)
  return after
}
const kept = (): unknown => JSON.parse(fs.readFileSync(path.join(door.kiosk.dataFolder, 'desk.json'), 'utf8'))

describe('green', () => {
  test('is let in when nobody says a word, and the numbers say so', async () => {
    const pass = door.issue()
    await door.shows('idle')
    const before = await numbers()
    await door.scan(pass)
    await door.shows('granted')
    await door.picture('desk-granted')
    await door.shows('idle')
    await becomes(pass, { outcome: 'granted', let_in: true, resolved: null })
    await counts(before, { admitted: 1, refused: 0 })
  })

  test('«Не допускать» while it shows: not let in, by staff', async () => {
    const pass = door.issue()
    await door.shows('idle')
    const before = await numbers()
    await door.scan(pass)
    await door.shows('granted')
    await press('Escape')
    await door.shows('resolved')
    await door.picture('desk-refused')
    await becomes(pass, { outcome: 'granted', let_in: false, resolved: 'refused', resolved_by: 'staff' })
    await counts(before, { admitted: 0, refused: 1 })
  })
})

describe('red', () => {
  test('is refused, and «Допустить» lets in with a reason by one key', async () => {
    const pass = await restricted()
    await door.scan(pass)
    await door.shows('denied')
    await door.picture('desk-denied')
    await press('F2')
    await door.shows('asking')
    await door.picture('desk-asking')
    await press('Digit3')
    await door.shows('resolved')
    await becomes(pass, {
      outcome: 'denied',
      let_in: true,
      resolved: 'admitted',
      resolved_by: 'staff',
      resolved_reason: 'code-mistake',
    })
    await door.shows('idle')
  })

  test('by touch as well; Enter of a scanner presses nothing, nor do F2 and a digit typed by a code', async () => {
    const pass = await restricted()
    await door.scan(pass)
    await door.shows('denied')
    await pause(SEEN_MS)
    await pressKey('F2', DISPLAY, 5)
    await pressKey('Enter', DISPLAY)
    expect(await door.kiosk.state()).toBe('denied')
    await door.kiosk.window.getByRole('button', { name: 'Допустить…' }).click()
    await door.shows('asking')
    await pressKey('Enter', DISPLAY)
    // a code that says «1», of a scanner without a suffix
    await pressKey('Digit1', DISPLAY, 5)
    await pause(400)
    expect(await door.kiosk.state()).toBe('asking')
    await door.kiosk.window.getByRole('button', { name: 'Проверен документ' }).click()
    await door.shows('resolved')
    await becomes(pass, { let_in: true, resolved: 'admitted', resolved_reason: 'document-checked' })
    await door.shows('idle')
  })
})

describe('amber', () => {
  test('stays until somebody chooses: let in by a key', async () => {
    const pass = expired()
    await door.scan(pass)
    await door.shows('check')
    await door.picture('desk-check')
    // longer than any countdown of a desk
    await pause(11_000)
    expect(await door.kiosk.state()).toBe('check')
    await becomes(pass, { outcome: 'check', let_in: false, resolved: null })
    await press('F2')
    await door.shows('resolved')
    await becomes(pass, { let_in: true, resolved: 'admitted', resolved_by: 'staff', resolved_reason: null })
    await door.shows('idle')
  })

  test('refused by a key', async () => {
    const pass = expired()
    await door.scan(pass)
    await door.shows('check')
    await press('Escape')
    await becomes(pass, { let_in: false, resolved: 'refused', resolved_by: 'staff' })
    await door.shows('idle')
  })

  test('overtaken by the next scan: refused by nobody; shown again within ten seconds it can still be let in', async () => {
    const [first, second] = [expired(), door.issue()]
    await door.scan(first)
    await door.shows('check')
    await scanAtOnce(second)
    await door.shows('granted')
    await becomes(first, { let_in: false, resolved: 'refused', resolved_by: 'auto' })
    await becomes(second, { let_in: true, resolved: null })
    await scanAtOnce(first)
    await door.shows('check')
    await press('F2')
    await door.shows('resolved')
    await becomes(first, { let_in: true, resolved: 'admitted', resolved_by: 'staff' })
    await door.shows('idle')
  })
})

test('without a server the decisions wait on disk, over a restart of the kiosk, and are uploaded', async () => {
  await door.server.kill()
  const [refused, amber, overtaken, green] = [door.issue(), expired(), expired(), door.issue()]
  await door.shows('idle')
  const before = await numbers()
  await door.scan(refused)
  await door.shows('granted')
  await press('Escape')
  await door.shows('resolved')
  await door.scan(amber)
  await door.shows('check')
  await press('F2')
  await door.shows('resolved')
  await door.scan(overtaken)
  await door.shows('check')
  await scanAtOnce(green)
  await door.shows('granted')
  const after = await counts(before, { admitted: 2, refused: 2 })
  await expect.poll(kept, { timeout: 20_000 }).toMatchObject(after)
  await door.kiosk.kill()
  await door.restartServer()
  await door.restartKiosk()
  await becomes(refused, { decided_by: 'kiosk', let_in: false, resolved: 'refused', resolved_by: 'staff' })
  await becomes(amber, { let_in: true, resolved: 'admitted', resolved_by: 'staff' })
  await becomes(overtaken, { let_in: false, resolved: 'refused', resolved_by: 'auto' })
  await becomes(green, { let_in: true, resolved: null })
  await expect.poll(numbers, { timeout: 20_000 }).toEqual(after)
})
