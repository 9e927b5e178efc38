import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { cafeForm } from '../../server/testing/application-forms.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { testServer, type TestServer } from '../../server/testing/test-server.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { standOn } from './each-try.ts'
import { openPage, picture, type OpenedPage } from './open-page.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
standOn(
  async () => {
    server = await testServer(await freshDatabase(inject('postgresUrl')))
  },
  () => server.stop(),
)

const PHONE = { width: 360, height: 740 }
const field = (page: Page, path: string) => page.locator(`[id="${path}"]`)
const type = (page: Page, path: string, text: string) => field(page, path).fill(text)

async function fillIn(page: Page, form: ReturnType<typeof cafeForm>): Promise<void> {
  const [venue] = form.venues
  await field(page, 'venues.0.kind').selectOption(venue?.kind ?? '')
  await type(page, 'venues.0.name', venue?.name ?? '')
  await type(page, 'venues.0.address', venue?.address ?? '')
  await type(page, 'organisation', form.organisation)
  await type(page, 'inn', form.inn)
  await type(page, 'ogrn', form.ogrn)
  await type(page, 'address', form.address)
  await type(page, 'headName', form.headName)
  await type(page, 'headPosition', form.headPosition)
  await page.getByLabel('Это сам руководитель').check()
  await type(page, 'contactPhone', form.contactPhone)
  await type(page, 'email', form.email)
}
async function mailedLink(to: string): Promise<string> {
  const { values } = await server.db.sql
    .selectFrom('mails')
    .select('values')
    .where('recipient', '=', to)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return (values as { link: string }).link
}
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
async function ends({ complaints, axe, close }: OpenedPage): Promise<void> {
  expect(await axe()).toEqual([])
  expect(complaints).toEqual([])
  await close()
}

test('an applicant fills in, comes back, puts right, sends, confirms, prints, adds the scan and looks it up', async () => {
  const form = cafeForm(1)
  const opened = await openPage(browser, server, '/join')
  const { page } = opened
  await picture(page, 'join/new-ru')
  await field(page, 'venues.0.kind').selectOption('cinema')
  await page.getByText('Министерство культуры').waitFor()
  await fillIn(page, form)
  await page.getByText('Комитет Ставропольского края').waitFor()

  // a slip: two digits changed places
  const slip = form.inn.slice(0, 8) + form.inn.charAt(9) + form.inn.charAt(8)
  await type(page, 'inn', slip)
  await field(page, 'ogrn').focus()
  await page.getByText('Опечатка: при остальных цифрах 10-я должна быть').waitFor()
  await page.getByText('9-ю и 10-ю').waitFor()
  await page.getByText(/Сохранено в \d/).waitFor()
  await picture(page, 'join/slip-ru')

  await page.reload()
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#headName')?.value !== '')
  expect(await field(page, 'inn').inputValue()).toBe(slip)
  expect(await field(page, 'venues.0.kind').inputValue()).toBe('cafe')

  await page.getByRole('button', { name: 'Отправить заявление' }).click()
  const summary = page.getByRole('alert')
  await summary.getByText('Осталось исправить одно поле').waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
  await picture(page, 'join/summary-ru')
  expect(await opened.axe()).toEqual([])
  await summary.getByRole('link', { name: 'ИНН' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('inn')
  await page.keyboard.press('Control+A')
  await page.keyboard.type(form.inn)
  await page.getByText('Номер верный, это организация').first().waitFor()
  await page.getByRole('button', { name: 'Отправить заявление' }).click()
  await heading(page, 'Подтвердите почту')
  await page.getByText(form.email).waitFor()
  await picture(page, 'join/unconfirmed-ru')
  expect(await opened.axe()).toEqual([])

  await page.goto(await mailedLink(form.email))
  await heading(page, 'На рассмотрении')
  expect(page.url()).not.toContain('#')
  await picture(page, 'join/submitted-ru')
  const reference = (await page.locator('.reference').textContent()) ?? ''

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Скачать для печати (PDF)' }).click()
  expect((await downloading).suggestedFilename()).toBe(`${reference}.pdf`)

  const upload = (name: string, bytes: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
  await upload('virus.pdf', 'MZ this is a program')
  await page.getByText('Это не PDF, JPEG и не PNG').waitFor()
  await upload('Подписано <img src=x onerror=alert(1)>.pdf', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF')
  await page.getByText('Подписано img src=x onerror=alert(1).pdf').waitFor()
  await ends(opened)

  // another device, with the number alone
  const other = await openPage(browser, server, '/join', { size: PHONE })
  await other.page.getByLabel('Номер заявления').fill(reference.toLowerCase())
  await other.page.getByRole('button', { name: 'Узнать' }).click()
  await other.page.locator('.look').getByText('На рассмотрении').waitFor()
  await ends(other)
})

test('by keyboard alone, on a phone, in English; an address already applied for is asked about', async () => {
  const form = cafeForm(2)
  const opened = await openPage(browser, server, '/join', { language: 'en', size: PHONE })
  const { page } = opened
  await picture(page, 'join/new-en-phone')
  await field(page, 'venues.0.kind').focus()
  const [venue] = form.venues
  const keys = [
    'Café',
    venue?.name ?? '',
    venue?.address ?? '',
    undefined,
    undefined,
    form.organisation,
    form.inn,
    form.ogrn,
    undefined,
    form.address,
    form.headName,
    form.headPosition,
    undefined,
    form.contactName,
    form.contactPosition,
    form.contactPhone,
    form.email,
  ]
  for (const text of keys) {
    if (text !== undefined) await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await heading(page, 'Confirm your address')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
  await picture(page, 'join/unconfirmed-en-phone')
  await page.goto(await mailedLink(form.email))
  await heading(page, 'Under consideration')
  await picture(page, 'join/submitted-en-phone')
  await ends(opened)

  const again = await openPage(browser, server, '/join')
  await fillIn(again.page, { ...form, email: 'cafe2b@example.org' })
  await again.page.getByRole('button', { name: 'Отправить заявление' }).click()
  await heading(again.page, 'Похоже, заявление на это заведение уже есть')
  await picture(again.page, 'join/known-ru')
  await again.page.getByRole('button', { name: 'Всё равно отправить' }).click()
  await heading(again.page, 'Подтвердите почту')
  await again.page.getByText('На это же заведение есть ещё одно заявление').waitFor()
  await again.page.getByRole('button', { name: 'Отозвать заявление' }).click()
  await again.page.getByRole('button', { name: 'Отозвать', exact: true }).click()
  await heading(again.page, 'Отозвано')
  await ends(again)
})

test('the organisation’s details, pasted as they came, fill the fields', async () => {
  const opened = await openPage(browser, server, '/join')
  const { page } = opened
  await page.getByText('Вставить карточку организации').click()
  await page.getByLabel('Реквизиты').fill(`Полное наименование: ООО «Ромашка»
ИНН/КПП: 7707083893/770701001
ОГРН 1027700132195
Юридический адрес: 355000, г. Ставрополь, ул. Ленина, д. 5
Генеральный директор: Иванова Мария Петровна
Тел.: +7 (8652) 35-00-00, e-mail: romashka@mail.ru
Р/с 40702810400000000001`)
  await page.getByRole('button', { name: 'Разложить по полям' }).click()
  await page.getByText('Заполнено полей: 8').waitFor()
  const values = await page.evaluate(() =>
    Object.fromEntries(
      ['organisation', 'inn', 'ogrn', 'address', 'headPosition', 'headName', 'contactPhone', 'email'].map((id) => [
        id,
        document.querySelector<HTMLInputElement>(`[id="${id}"]`)?.value,
      ]),
    ),
  )
  expect(values).toEqual({
    organisation: 'ООО «Ромашка»',
    inn: '7707083893',
    ogrn: '1027700132195',
    address: '355000, г. Ставрополь, ул. Ленина, д. 5',
    headPosition: 'Генеральный директор',
    headName: 'Иванова Мария Петровна',
    contactPhone: '+7 (8652) 35-00-00',
    email: 'romashka@mail.ru',
  })
  await ends(opened)
})

test('without a network what is typed stays on the device, and goes when it is back', async () => {
  const opened = await openPage(browser, server, '/join')
  const { page } = opened
  await type(page, 'organisation', 'ООО «Первая')
  await page.getByText(/Сохранено в \d/).waitFor()
  await page.route('**/api/join/**', (route) => route.abort())
  await type(page, 'organisation', 'ООО «Первая связь»')
  await page.getByText('Сохранено на этом устройстве').waitFor()
  await page.unroute('**/api/join/**')
  await page.getByText(/Сохранено в \d/).waitFor()
  await page
    .evaluate(() => localStorage.getItem('dopusk-application'))
    .then((kept) => expect(kept).not.toContain('unsaved'))
  await page.reload()
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('#organisation')?.value === 'ООО «Первая связь»',
  )
  await opened.close()
})

test('a link that is out of date says so', async () => {
  const opened = await openPage(browser, server, `/join#${'x'.repeat(22)}`)
  await opened.page.getByText('Ссылка устарела').waitFor()
  await ends(opened)
})

describe('the budget of the first view', () => {
  test('60 KB gzipped of HTML, scripts and styles, in few requests', async () => {
    const { page, close } = await openPage(browser, server, '/healthz')
    const seen: { url: string; bytes: number }[] = []
    page.on('response', (response) => {
      const url = response.url()
      if (/\.woff2$|golos/.test(url)) return
      void response.body().then((body) => seen.push({ url, bytes: gzipSync(body).length }))
    })
    await page.goto(`${server.url}/join`, { waitUntil: 'networkidle' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    const total = seen.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(total).toBeGreaterThan(10_000)
    expect(total, JSON.stringify(seen)).toBeLessThanOrEqual(60 * 1024)
    // the page, its style, its scripts and their shared parts; the typeface comes later
    expect(seen.length, JSON.stringify(seen)).toBeLessThanOrEqual(7)
    await close()
  })

  test('and the server does send it so', async () => {
    const { headers } = await server.ask('GET', '/join', { headers: { 'accept-encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
  })
})
