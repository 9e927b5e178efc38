import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { applicant } from '../../server/testing/applications.ts'
import { cafeForm } from '../../server/testing/application-forms.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { testServer, type TestServer } from '../../server/testing/test-server.ts'
import { joinTexts } from '../../web/join/join-words.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { openPage, picture } from './open-page.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')), { proxies: 1 })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
] as const
describe.each(['ru', 'en'] as const)('in %s', (language) => {
  test.each(SIZES)('everything fits $width × $height, whatever state it is in', async (size) => {
    const n = 10 + SIZES.indexOf(size) + (language === 'ru' ? 0 : 5)
    const coordinator = await server.as([{ role: 'coordinator', branch: 'trade' }])
    const who = applicant(server)
    const form = cafeForm(n)
    const id = await who.apply(form)
    const opened = await openPage(browser, server, '/join', { language, size })
    const { page } = opened
    const look = async (name: string, heading: string): Promise<void> => {
      await page.getByRole('heading', { name: heading }).first().waitFor()
      await page.evaluate(() => document.fonts.ready)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(size.width)
      expect(await opened.axe(), name).toEqual([])
      await picture(page, `join/${name}-${language}-${size.width}`)
    }
    const words = joinTexts[language]
    await look('form', words.sections.venue)
    await page.evaluate((secret) => localStorage.setItem('dopusk-application', JSON.stringify({ secret })), who.secret)
    await page.reload()
    await look('submitted', words.status.words.submitted.word)
    const decide = async (decision: object): Promise<void> => {
      const { version } = (await coordinator.get(`/api/applications/${id}`)).body as { version: number }
      expect((await coordinator.post(`/api/applications/${id}/decision`, { version, ...decision })).status).toBe(200)
      await page.reload()
    }
    await decide({
      kind: 'ask-correction',
      fields: ['inn', 'venues'],
      words: 'ИНН другой организации.\nИ адрес неполный.',
    })
    await look('correction', words.status.words.correction.word)
    await page.getByRole('button', { name: words.status.edit }).click()
    await look('correcting', words.sections.organisation)
    expect((await who.post('submit', { form, locale: language })).status).toBe(200)
    await decide({ kind: 'reject', reason: 'Заведение не относится к общественным местам.' })
    await look('rejected', words.status.words.rejected.word)
    expect(opened.complaints).toEqual([])
    await opened.close()
  })
})
