import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { freshDatabase } from '../../server/testing/database.ts'
import { testServer, type TestServer } from '../../server/testing/test-server.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { openPage, picture } from './open-page.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

test.each([
  ['ru', { width: 1280, height: 800 }],
  ['en', { width: 360, height: 740 }],
] as const)('the office in %s', async (language, size) => {
  const operator = await server.as([{ role: 'operator' }])
  const { page, complaints, axe, close } = await openPage(browser, server, '/office', { as: operator, language, size })
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.title()).toContain(language === 'ru' ? 'Допуск' : 'Dopusk')
  expect(await axe()).toEqual([])
  await picture(page, `shell-${language}`)
  expect(complaints).toEqual([])
  await close()
})

test('files of the pages are kept for ever, pages are asked for each time', async () => {
  const html = await server.ask('GET', '/office')
  expect(html.headers['cache-control']).toBe('no-cache')
  const script = /src="(\/assets\/[^"]+)"/.exec(html.text)?.[1] ?? ''
  const answer = await server.ask('GET', script, { headers: { 'accept-encoding': 'br' } })
  expect(answer.headers['cache-control']).toContain('immutable')
  expect(answer.headers['content-encoding']).toBe('br')
  expect((await server.ask('GET', '/assets/..%2foffice%2findex.html')).status).toBe(404)
})
