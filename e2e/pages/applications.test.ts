import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ApplicationForm } from '../../contract/join/application-form.ts'
import { cafeForm } from '../../server/testing/application-forms.ts'
import { applicant } from '../../server/testing/applications.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import type { SignedIn } from '../../server/testing/sign-in.ts'
import { testServer, type TestServer } from '../../server/testing/test-server.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { standOn } from './each-try.ts'
import { openPage, picture } from './open-page.ts'

let server: TestServer
let browser: Browser
let coordinator: SignedIn
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
standOn(
  async () => {
    server = await testServer(await freshDatabase(inject('postgresUrl')), { proxies: 1 })
    coordinator = await server.as([{ role: 'coordinator', branch: 'trade' }])
  },
  () => server.stop(),
)

const PHONE = { width: 360, height: 740 }
const NAMES = ['Кофейня на Ленина', 'Столовая «Ложка»', 'Салон «Лилия»', 'Гастроном № 7', 'Бар «Подвал»'] as const
const KINDS = ['cafe', 'cafe', 'beauty', 'shop', 'bar'] as const
const form = (n: number): ApplicationForm => {
  const at = n % NAMES.length
  const address = `Ставрополь, ул. Мира, д. ${n}`
  return cafeForm(n, {
    organisation: `ООО «${['Утро', 'Ложка', 'Лилия', 'Рассвет', 'Подвал'][at] ?? ''}»`,
    venues: [{ name: NAMES[at] ?? '', kind: KINDS[at] ?? 'cafe', address }],
  })
}
const idle = (page: Page): Promise<void> => page.waitForLoadState('networkidle')

test('a Coordinator works through the queue: approves, asks for a correction, rejects; the Operator gives one back', async () => {
  for (let n = 1; n <= 5; n++) await applicant(server).apply(form(n))
  // one that waits too long, one that must be decided today
  await server.db.sql
    .updateTable('applications')
    .set({ due_at: new Date(Date.now() - 5 * 24 * 3600 * 1000) })
    .where('organisation', '=', 'ООО «Подвал»')
    .execute()

  const { page, complaints, axe, close } = await openPage(browser, server, '/office/applications', { as: coordinator })
  await page.getByText('просрочено').first().waitFor()
  expect(await page.locator('tbody tr').count()).toBe(5)
  expect(await page.locator('tbody tr').first().textContent()).toContain('ООО «Подвал»')
  await picture(page, 'office/applications-ru')
  expect(await axe()).toEqual([])
  await page.getByRole('button', { name: /Просрочены/ }).click()
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
  await page.getByRole('button', { name: /Ждут решения/ }).click()
  await page.getByRole('searchbox').fill('ложк')
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
  expect(page.url()).toContain('search=')
  await page.getByRole('searchbox').fill('')
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 5)

  await page.getByText('ООО «Ложка»').click()
  await page.getByRole('heading', { level: 1, name: 'ООО «Ложка»' }).waitFor()
  await idle(page)
  await picture(page, 'office/application-ru')
  expect(await axe()).toEqual([])
  await page.getByRole('button', { name: 'Целесообразно', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Целесообразно' }).click()
  await page.getByText('Ждёт регистрации у Оператора').waitFor()

  await page.getByRole('button', { name: 'Следующее заявление' }).click()
  await page.getByRole('heading', { level: 1, name: 'ООО «Подвал»' }).waitFor()
  await page.getByRole('button', { name: 'На исправление' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'На исправление' }).click()
  await dialog.getByText('Заполните поле').first().waitFor()
  await dialog.getByLabel('ИНН').check()
  await dialog.getByLabel('Пояснение').fill('ИНН другой организации')
  await picture(page, 'office/ask-ru')
  await dialog.getByRole('button', { name: 'На исправление' }).click()
  await page.getByText('Ждёт исправления от заявителя').waitFor()

  await page.getByRole('button', { name: 'Следующее заявление' }).click()
  await page.getByRole('button', { name: 'Нецелесообразно' }).click()
  await dialog.getByRole('button', { name: 'По указанному адресу заведения нет.' }).click()
  await dialog.getByRole('button', { name: 'Нецелесообразно' }).click()
  await page.getByText('Отклонено').first().waitFor()
  await page.getByRole('link', { name: 'К очереди' }).click()
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2)
  expect(complaints).toEqual([])
  await close()

  const operator = await server.as([{ role: 'operator' }])
  const desk = await openPage(browser, server, '/office/applications', { as: operator, language: 'en' })
  await desk.page.getByText('ООО «Ложка»').waitFor()
  await picture(desk.page, 'office/applications-en')
  await desk.page.getByText('ООО «Ложка»').click()
  await desk.page.getByRole('button', { name: 'Give back to the Coordinator' }).click()
  await desk.page.getByLabel('Why it cannot be registered').fill('There is no such address')
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Give back to the Coordinator' }).click()
  await desk.page.getByText('Waits for the Coordinator’s decision').waitFor()
  expect(desk.complaints).toEqual([])
  await desk.close()
})

test('who decides second is told who was first, and sees what is', async () => {
  const id = await applicant(server).apply(form(11))
  const colleague = await server.as([{ role: 'coordinator', branch: 'trade' }])
  const { page, close } = await openPage(browser, server, `/office/applications/${id}`, { as: coordinator })
  await page.getByRole('button', { name: 'Целесообразно', exact: true }).click()
  const { body } = await colleague.get(`/api/applications/${id}`)
  const { version } = body as { version: number }
  expect((await colleague.post(`/api/applications/${id}/decision`, { kind: 'approve', version })).status).toBe(200)
  await page.getByRole('dialog').getByRole('button', { name: 'Целесообразно' }).click()
  await page.getByText('Решение уже есть').waitFor()
  await page.getByText(`Решил(а) ${colleague.person.name}`).waitFor()
  await page.getByText('Ждёт регистрации у Оператора').waitFor()
  await close()
})

test('on a phone, in English, with an application for the same venue', async () => {
  await applicant(server).apply(form(21))
  const id = await applicant(server).apply({ ...form(21), email: 'second@example.org' })
  const options = { as: coordinator, language: 'en', size: PHONE } as const
  const list = await openPage(browser, server, '/office/applications', options)
  await picture(list.page, 'office/applications-en-phone')
  expect(await list.axe()).toEqual([])
  await list.close()
  const { page, complaints, axe, close } = await openPage(browser, server, `/office/applications/${id}`, options)
  await page.getByText('There is another application for this venue').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
  await picture(page, 'office/application-en-phone')
  expect(await axe()).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

/** What has broken other pages: markup, handlers, template and script breakers, bidirectional tricks, very long words. */
const HOSTILE = [
  '<script>window.__hit=1</script>',
  '"><img src=x onerror="window.__hit=1">',
  "'-alert(1)-'",
  '<svg/onload=window.__hit=1>',
  'javascript:window.__hit=1',
  '{{constructor.constructor("window.__hit=1")()}}',
  '${window.__hit=1}',
  '</textarea><iframe srcdoc="<script>parent.__hit=1</script>">',
  '<a href="javascript:window.__hit=1">x</a>',
  '=HYPERLINK("http://x","y")',
  'Ы'.repeat(190),
]

test('nothing that an applicant types runs anywhere: every field, both sides', async () => {
  const dialogs: string[] = []
  const looked = await openPage(browser, server, '/office/applications', { as: coordinator })
  const typed = await openPage(browser, server, '/join')
  for (const { page } of [looked, typed]) {
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
  }
  for (const [at, text] of HOSTILE.entries()) {
    const who = applicant(server)
    const email = `x${at}@example.org`
    const hostile = cafeForm(100 + at, {
      email,
      organisation: text,
      address: `${text} адрес`,
      headPosition: text.slice(0, 140),
      contactPosition: text.slice(0, 140),
      venues: [{ name: text, kind: 'cafe', address: `${text} дом` }],
    })
    const id = await who.apply(hostile)
    await who.upload(`${text}.pdf`, 'text/html', Buffer.from(`%PDF-1.7 ${at}\n%%EOF`))
    // names are letters only, so a hostile one cannot be submitted; as a draft it is kept as typed
    await server.db.sql
      .updateTable('applications')
      .set({
        draft: JSON.stringify({
          ...hostile,
          headName: text,
          contactName: text,
          contactPhone: text,
          inn: text,
          ogrn: text,
        }),
      })
      .where('id', '=', id)
      .execute()
    const { body } = await coordinator.get(`/api/applications/${id}`)
    const { version } = body as { version: number }
    await coordinator.post(`/api/applications/${id}/decision`, {
      kind: 'ask-correction',
      version,
      fields: ['inn'],
      words: text,
    })
    await looked.page.goto(`${server.url}/office/applications/${id}`)
    await looked.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await looked.page.locator('h1').textContent()).toBe(text)
    await looked.page.getByText('Ждёт исправления').waitFor()
    await typed.page.evaluate(
      (secret) => localStorage.setItem('dopusk-application', JSON.stringify({ secret })),
      who.secret,
    )
    await typed.page.reload()
    await typed.page.getByRole('button', { name: 'Исправить заявление' }).click()
    expect(await typed.page.locator('#headName').inputValue()).toBe(text)
    for (const { page, complaints } of [looked, typed]) {
      const found = await page.evaluate(() => ({
        hit: '__hit' in window,
        injected: document.querySelectorAll(
          'iframe, script:not([src]), img, svg[onload], [onerror], a[href^="javascript:"]',
        ).length,
      }))
      expect(found, text).toEqual({ hit: false, injected: 0 })
      expect(complaints, text).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), text).toBe(true)
    }
    expect(dialogs).toEqual([])
  }
  await looked.close()
  await typed.close()
}, 180_000)
