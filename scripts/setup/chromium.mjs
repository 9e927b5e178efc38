// @ts-check
/** A Chromium for the browser tests. */
import { existsSync } from 'node:fs'
import { find } from './command.mjs'

/**
 * The one named by CHROMIUM, else the system's, else Playwright's.
 * @returns {Promise<string | undefined>} its program
 */
export async function chromium() {
  const named = process.env.CHROMIUM
  if (named) return existsSync(named) ? named : undefined
  const system = ['chromium', 'chromium-browser', 'google-chrome'].map(find).find(Boolean)
  if (system) return system
  const playwright = await import('playwright-core')
  const downloaded = playwright.chromium.executablePath()
  return existsSync(downloaded) ? downloaded : undefined
}
