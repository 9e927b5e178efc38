/** A browser reads and verifies passes as Node does: same code, WebCrypto's Ed25519, the same known answers. */
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './kiosk-page.ts'

/** What the page runs: the contract bundled with WebCrypto around it. */
const PAGE = `
  import { passVectors, runPassVectors } from '/contract/pass/pass-vectors.ts'
  const bytes = (text) => Uint8Array.fromBase64(text, { alphabet: 'base64url' })
  const verify = async (key, signed, signature) => {
    const publicKey = await crypto.subtle.importKey('raw', bytes(key.publicKey), 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', publicKey, signature, signed)
  }
  globalThis.answers = async () => ({
    vectors: passVectors.vectors.length,
    failed: await runPassVectors(verify),
    failedWithYes: await runPassVectors(() => true),
  })
`

interface Answers {
  readonly vectors: number
  readonly failed: readonly string[]
  readonly failedWithYes: readonly string[]
}

let browser: Browser
let script: string

beforeAll(async () => {
  const entry = 'virtual:pass-in-browser'
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) =>
          id === entry ? PAGE.replace("'/contract", `'${new URL('../contract', import.meta.url).pathname}`) : undefined,
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: entry, output: { format: 'iife' } } },
  })
  const output = Array.isArray(result) ? result[0] : result
  if (!output || !('output' in output)) throw new Error('nothing was built')
  script = output.output[0].code
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
})

it('gives every known answer', async () => {
  const page = await browser.newPage()
  // crypto.subtle is there for secure origins only
  await page.route('https://pass.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  )
  await page.goto('https://pass.test/')
  await page.addScriptTag({ content: script })
  const answers = await page.evaluate<Answers>('answers()')
  expect(answers.vectors).toBeGreaterThan(8)
  expect(answers.failed).toEqual([])
  expect(answers.failedWithYes).not.toEqual([])
})
