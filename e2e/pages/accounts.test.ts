import { generateSync } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { firstOperatorLink } from '../../server/accounts/first-operator.store.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { registeredVenue } from '../../server/testing/registrations.ts'
import { testServer, until, type TestServer } from '../../server/testing/test-server.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { standOn } from './each-try.ts'
import { openPage, picture, settled, type OpenedPage } from './open-page.ts'

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

const SMALL = { width: 360, height: 740 }

/** Nothing wrong in the page, and a picture of it. */
async function looksGood({ page, complaints, axe }: OpenedPage, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await settled(page)
  expect(await axe(), name).toEqual([])
  expect(complaints, name).toEqual([])
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(width, `${name} is wider than its window`).toBeLessThanOrEqual(0)
  await picture(page, name)
}

const secretOf = async (page: Page): Promise<string> =>
  (await page.locator('code').first().innerText()).replaceAll(' ', '')
/** Of now, or of the step after it, which is taken too: each is good once. */
const codeOf = (secret: string, later = 0): string =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + later })
const Link = z.object({ link: z.string() })
async function invitationTo(email: string): Promise<string> {
  const find = () =>
    server.db.sql
      .selectFrom('mails')
      .select('values')
      .where('recipient', '=', email)
      .orderBy('id', 'desc')
      .executeTakeFirst()
  await until(async () => (await find()) !== undefined)
  const values = (await find())?.values
  return Link.parse(typeof values === 'string' ? JSON.parse(values) : values).link.replace(server.url, '')
}

test('the first Operator comes by the printed link, adds a phone, invites a Coordinator, who signs in', async () => {
  const link = (await firstOperatorLink(server.db.sql, server.url, new Date(), false)) ?? ''
  const first = await openPage(browser, server, link.replace(server.url, ''))
  const { page } = first
  await page.getByLabel('Электронная почта').fill('operator@example.org')
  await page.getByLabel('Фамилия, имя, отчество').fill('Ольга Ивановна Операторова')
  await page.getByLabel('Пароль', { exact: true }).fill('короткий')
  await page.getByRole('button', { name: 'Стать Оператором' }).click()
  await page.getByText('Нужно хотя бы 10 знаков').waitFor()
  expect(page.url()).not.toContain('#')
  await looksGood(first, 'first-operator-ru')
  await page.getByLabel('Пароль', { exact: true }).fill('длинный пароль оператора')
  await page.getByRole('button', { name: 'Стать Оператором' }).click()

  await page.getByRole('heading', { name: 'Второй шаг входа' }).waitFor()
  await page.locator('code').first().waitFor()
  await looksGood(first, 'factor-setup-ru')
  const label = page.getByLabel('Введите шесть цифр из приложения')
  await label.fill('000000')
  await page.getByRole('button', { name: 'Подключить' }).click()
  await page.getByText('Код не подошёл').waitFor()
  const secret = await secretOf(page)
  await label.fill(codeOf(secret))
  await page.getByRole('button', { name: 'Подключить' }).click()
  await page.getByRole('heading', { name: 'Сохраните коды восстановления' }).waitFor()
  await looksGood(first, 'recovery-codes-ru')
  await page.getByRole('button', { name: 'Коды сохранены, продолжить' }).click()

  await page.getByRole('link', { name: 'Люди' }).click()
  await page.getByRole('heading', { name: 'Люди', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Пригласить' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Электронная почта').fill('не адрес')
  await dialog.getByRole('button', { name: 'Отправить приглашение' }).click()
  await dialog.getByText('Это не похоже на адрес электронной почты').waitFor()
  await dialog.getByLabel('Электронная почта').fill('Sport@Example.org')
  await dialog.getByLabel('Фамилия, имя, отчество').fill('Семён Спортов')
  await dialog.getByLabel('Отрасль').click()
  await page.getByRole('option', { name: 'спорт' }).click()
  await looksGood(first, 'invite-ru')
  await dialog.getByRole('button', { name: 'Отправить приглашение' }).click()
  await page.getByText('Приглашение отправлено').waitFor()
  await page.getByText('Координатор, спорт').waitFor()
  await looksGood(first, 'people-ru')

  const invited = await openPage(browser, server, await invitationTo('sport@example.org'), { language: 'en' })
  await invited.page.getByLabel('Password', { exact: true }).fill('a coordinator’s password')
  await looksGood(invited, 'invitation-en')
  await invited.page.getByRole('button', { name: 'Begin' }).click()
  await invited.page.getByRole('heading', { name: 'The second step of signing in' }).waitFor()
  await invited.page.locator('code').first().waitFor()
  const coordinatorSecret = await secretOf(invited.page)
  await invited.page.getByLabel('Enter the six digits it shows').fill(codeOf(coordinatorSecret))
  await invited.page.getByRole('button', { name: 'Add' }).click()
  await invited.page.getByRole('button', { name: 'They are kept, go on' }).click()
  await invited.page.getByRole('button', { name: 'Sign out' }).click()

  await invited.page.getByLabel('E-mail').fill('sport@example.org')
  await invited.page.getByLabel('Password', { exact: true }).fill('not the password')
  await looksGood(invited, 'sign-in-en')
  await invited.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await invited.page.getByRole('alert').getByText('There is no such e-mail with this password.').waitFor()
  await invited.page.getByLabel('Password', { exact: true }).fill('a coordinator’s password')
  await invited.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await invited.page.getByRole('heading', { name: 'Confirmation code' }).waitFor()
  await looksGood(invited, 'code-en')
  await invited.page.getByLabel('Code', { exact: true }).fill(codeOf(coordinatorSecret, 30))
  await invited.page.getByRole('button', { name: 'Confirm' }).click()
  await invited.page.getByRole('button', { name: 'Sign out' }).waitFor()
  expect(await invited.page.getByRole('link', { name: 'People' }).count()).toBe(0)
  await invited.close()

  // the Operator sees the newcomer, and ends what is open
  await page.getByText('Семён Спортов').click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('Открытых входов').waitFor()
  await looksGood(first, 'person-ru')
  await drawer.getByRole('button', { name: 'Отключить' }).click()
  await page.getByRole('dialog').getByText('Человек не сможет войти').waitFor()
  await page.getByRole('button', { name: 'Отключить' }).last().click()
  await page.getByText('Готово').waitFor()
  await page.getByRole('dialog').getByText('отключён').waitFor()
  expect(secret).not.toBe(coordinatorSecret)
  await first.close()
})

test.each([
  ['ru', 'wide', { width: 1280, height: 800 }],
  ['en', 'small', SMALL],
  ['ru', 'tall', { width: 1080, height: 1920 }],
] as const)('account, people, log: in %s, %s', async (language, name, size) => {
  const auditor = await server.as([
    { role: 'operator' },
    { role: 'auditor' },
    { role: 'coordinator', branch: 'culture' },
  ])
  await auditor.post('/api/audit/verify')
  for (const [path, part] of [
    ['/office/account', 'account'],
    ['/office/people', 'people'],
    ['/office/audit', 'audit'],
  ] as const) {
    const opened = await openPage(browser, server, path, { as: auditor, language, size })
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
    if (part === 'audit') {
      await opened.page
        .getByRole('button', { name: language === 'ru' ? 'Проверить цепочку' : 'Verify the chain' })
        .click()
      await opened.page.getByRole('status').waitFor()
    }
    await looksGood(opened, `${part}-${name}-${language}`)
    await opened.close()
  }
})

test.each(['ru', 'en'] as const)('the entrance on a phone, in %s', async (language) => {
  const opened = await openPage(browser, server, '/office/sign-in', { language, size: SMALL })
  await opened.page.getByRole('button', { name: language === 'ru' ? 'Войти' : 'Sign in' }).waitFor()
  await looksGood(opened, `sign-in-small-${language}`)
  await opened.page.getByRole('link', { name: language === 'ru' ? 'Забыли пароль?' : 'Forgot the password?' }).click()
  await opened.page.getByRole('textbox').fill('somebody@example.org')
  await opened.page.getByRole('button', { name: language === 'ru' ? 'Прислать ссылку' : 'Send the link' }).click()
  await opened.page.getByRole('heading', { name: language === 'ru' ? 'Проверьте почту' : 'Check your mail' }).waitFor()
  await looksGood(opened, `forgotten-small-${language}`)
  await opened.close()
})

test('a link that is over says so', async () => {
  const opened = await openPage(browser, server, `/office/invitation#${'x'.repeat(43)}`)
  await opened.page.getByRole('heading', { name: 'Ссылка больше не действует' }).waitFor()
  await looksGood(opened, 'link-over-ru')
  await opened.close()
})

test('after signing out the way back leads to the entrance', async () => {
  const { participant } = await registeredVenue(server.db.sql)
  const owner = await server.as([{ role: 'owner', participantId: participant }])
  const opened = await openPage(browser, server, '/office/account', { as: owner })
  await opened.page.getByRole('button', { name: 'Выйти' }).click()
  await opened.page.getByRole('heading', { name: 'Вход', exact: true }).waitFor()
  await opened.page.goBack()
  await opened.page.getByRole('heading', { name: 'Вход', exact: true }).waitFor()
  await opened.close()
})
