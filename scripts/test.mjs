// @ts-check
/** `npm test`, `npm run check`: all that CI runs. Runs on any Node from 18 on, before anything is installed. */
import { ensureDependencies } from './setup/dependencies.mjs'
import { otherNode } from './setup/node.mjs'
import { main } from './setup/say.mjs'

await main(async () => {
  await ensureDependencies()
  const code = await otherNode()
  if (code !== undefined) return code
  const { testAll } = await import('./test/test-all.mjs')
  return testAll(process.argv.slice(2))
})
