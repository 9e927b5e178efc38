// @ts-check
/** `node scripts/run.mjs FILE.ts …`: sets up what the file needs, then runs it as TypeScript on Node 24. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureDependencies } from './setup/dependencies.mjs'
import { follow, otherNode } from './setup/node.mjs'
import { root } from './setup/places.mjs'
import { main, Stop } from './setup/say.mjs'

/** Benches without a window; they run on machines without Electron's libraries too. */
const windowless = ['server', 'upload', 'tracing', 'deny-list', 'stream']

await main(async () => {
  const [file, ...args] = process.argv.slice(2)
  if (!file) throw new Stop('Run what? node scripts/run.mjs FILE.ts …')
  await ensureDependencies()
  const code = await otherNode()
  if (code !== undefined) return code
  const { prepareKiosk, runningDisplay } = await import('./setup/kiosk.mjs')
  const kiosk = /^bench\/(?!fuzz|story)/.test(file) && !windowless.includes(args[0] ?? '')
  // what types and clicks by itself gets a screen of its own
  const { env, stop } = kiosk ? await prepareKiosk({ tests: true }) : { env: runningDisplay(), stop() {} }
  try {
    return await follow(
      spawn(process.execPath, [join(root, file), ...args], { stdio: 'inherit', env: { ...process.env, ...env } }),
    )
  } finally {
    stop()
  }
})
