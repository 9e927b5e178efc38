// @ts-check
/** `npm start`, `npm run server`, `npm run kiosk`. Runs on any Node from 18 on, before anything is installed. */
import { ensureDependencies } from './setup/dependencies.mjs'
import { otherNode } from './setup/node.mjs'
import { main, Stop } from './setup/say.mjs'

await main(async () => {
  const [part = 'all'] = process.argv.slice(2)
  if (part !== 'all' && part !== 'server' && part !== 'kiosk')
    throw new Stop(`Start what? all, server or kiosk, not ${part}.`)
  await ensureDependencies()
  const code = await otherNode()
  if (code !== undefined) return code
  const { startParts } = await import('./start/start-parts.mjs')
  return startParts(part)
})
