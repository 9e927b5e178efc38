/** Plants imports that must not be and asks ESLint, with the configuration everybody uses, whether it sees them. */
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { below, features, owned, zoneOf, zones } from './zones.mjs'

const root = new URL('..', import.meta.url).pathname
// Planted files are not on disk, so TypeScript knows nothing of them: the rules that need types are off, the zones on.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [{ files: ['**/*.ts', '**/*.tsx'], extends: [tseslint.configs.disableTypeChecked] }].map(
    ({ files, extends: [config] }) => ({ ...config, files }),
  ),
})

async function refusals(file: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: root + file })
  const messages = result?.messages ?? []
  expect(messages.filter((message) => message.fatal)).toEqual([])
  return messages.filter((message) => message.ruleId === 'dopusk/zones').map((message) => message.message)
}

/** zone → a file of it, imports it may not have, imports it may. */
const planted: Readonly<
  Record<string, readonly [file: string, forbidden: readonly string[], allowed: readonly string[]]>
> = {
  'contract tests': [
    'contract/x.test.ts',
    [`import { app } from '../server/app.ts'`, `import axios from 'axios'`],
    [`import { pass } from './pass.ts'`, `import fc from 'fast-check'`, `import 'node:crypto'`],
  ],
  contract: [
    'contract/x.ts',
    [
      `import 'node:crypto'`,
      `import 'crypto'`,
      `import 'koa'`,
      `import '../server/db/pool.ts'`,
      `import '../app/main/ports.ts'`,
      `const x = await import('node:fs')`,
      `export * from 'pg'`,
      `export { x } from '../server/app.ts'`,
      `type X = import('kysely').Kysely<unknown>`,
      `import type { X } from '../server/app.ts'`,
      `const name = 'zod'; await import(name)`,
      `const x = require('fs')`,
    ],
    [`import { z } from 'zod'`, `import { encode } from 'cborg'`, `import './vectors/pass.json'`],
  ],
  'server tests': [
    'server/admission/admission.test.ts',
    [`import '../../app/main/admit.ts'`, `import '../../bench/index.ts'`],
    [`import '../app.ts'`, `import '../testing/with-server.ts'`, `import { it } from 'vitest'`],
  ],
  'web tests': [
    'web/page.test.tsx',
    [`import '../server/app.ts'`, `import '../app/main/ports.ts'`],
    [`import './page.tsx'`, `import { api } from '../contract/api.ts'`, `import { it } from 'vitest'`],
  ],
  web: [
    'web/page.tsx',
    [`import '../server/app.ts'`, `import 'koa'`, `import 'node:fs'`, `import '../server/visits/visit.ts'`],
    [`import { api } from '../contract/api.ts'`, `import { useState } from 'react'`],
  ],
  'server commands': [
    'server/operator/operator.ts',
    [`import '../../app/main/ports.ts'`, `import 'electron'`],
    [`import '../visits/visits.store.ts'`, `import '../server.ts'`, `import 'node:fs'`],
  ],
  server: [
    'server/app.ts',
    [`import '../app/main/ports.ts'`, `import type { X } from '../app/preload/kiosk-api.ts'`, `import 'electron'`],
    [`import './admission/admission.handlers.ts'`, `import Koa from 'koa'`, `import 'node:http'`],
  ],
  'app tests': [
    'app/main/scan/admit.test.ts',
    [`import '../../../server/app.ts'`, `import '../../../server/testing/with-server.ts'`],
    [`import './admit.ts'`, `import '../../../contract/pass.ts'`, `import { it } from 'vitest'`],
  ],
  main: [
    'app/main/x.ts',
    [
      `import '../../server/app.ts'`,
      `import type { X } from '../../server/visits/visit.ts'`,
      `import '../renderer/main.tsx'`,
      `import './testing/fakes.ts'`,
      `import 'koa'`,
      `import axios from 'axios'`,
      `const { DatabaseSync } = await import('@photostructure/sqlite')`,
      `export { SerialPort } from 'serialport'`,
    ],
    [
      `import { app } from 'electron'`,
      `import 'node:fs'`,
      `import '../../contract/pass.ts'`,
      `import type { ScreenState } from '../preload/kiosk-api.ts'`,
    ],
  ],
  'kiosk api': [
    'app/preload/kiosk-api.ts',
    [`import '../../contract/decide.ts'`, `import type { X } from 'electron'`, `import '../main/ports.ts'`],
    [`import type { CheckReason } from '../../contract/decide.ts'`],
  ],
  preload: [
    'app/preload/preload.ts',
    [`import './kiosk-api.ts'`, `import '../../contract/decide.ts'`, `import 'node:fs'`, `import 'zod'`],
    [`import { contextBridge } from 'electron'`, `import type { KioskApi } from './kiosk-api.ts'`],
  ],
  renderer: [
    'app/renderer/screen.tsx',
    [
      `import 'electron'`,
      `import 'node:path'`,
      `import '../main/ports.ts'`,
      `import type { X } from '../main/ports.ts'`,
      `import '../preload/preload.ts'`,
      `import '../../server/app.ts'`,
      `const x = await import('electron')`,
    ],
    [
      `import type { ScreenState } from '../preload/kiosk-api.ts'`,
      `import { assertNever } from '../../contract/assert-never.ts'`,
      `import { useState } from 'react'`,
      `import './screen.css'`,
    ],
  ],
  'after installation': [
    'scripts/setup/unzip.mjs',
    [`import 'zod'`, `import '../../server/app.ts'`],
    [`import { openPromise } from 'yauzl'`, `import 'node:fs'`, `import './say.mjs'`],
  ],
  'default application': [
    'scripts/setup/default_app/main.mjs',
    [`import 'zod'`, `import '../../../app/main/ports.ts'`],
    [`import { app } from 'electron/main'`, `import 'node:fs'`],
  ],
  'before installation': [
    'scripts/x.mjs',
    [`import 'zod'`, `import '../server/app.ts'`, `export * from 'vite'`, `import './setup/unzip.mjs'`],
    [
      `import 'node:fs'`,
      `import './zones.mjs'`,
      `const { ESLint } = await import('eslint')`,
      `await import('./setup/unzip.mjs')`,
    ],
  ],
  resources: ['resources/x.ts', [`import 'zod'`, `import '../server/app.ts'`], [`import './y.ts'`]],
  'both sides': [
    'e2e/x.test.ts',
    [`import '../outside/x.ts'`],
    [`import '../app/main/scan/admit.ts'`, `import '../server/app.ts'`, `import 'playwright-core'`],
  ],
  ...Object.fromEntries(
    below.map((below) => [
      below,
      [
        `server/${below}/x.ts`,
        [`import '../visits/visits.store.ts'`, `import '../app.ts'`, `import 'electron'`],
        [`import '../../contract/api.ts'`, `import 'node:fs'`, `import 'pg'`],
      ],
    ]),
  ),
  ...Object.fromEntries(
    features.flatMap((feature, at) => {
      const before = features[at - 1]
      const after = features[at + 1]
      const later = after === undefined ? [] : [`import '../${after}/x.store.ts'`, `import '../${after}/x.ts'`]
      return [
        [
          feature,
          [
            `server/${feature}/x.store.ts`,
            [...later, `import '../app.ts'`, `import '../../app/main/ports.ts'`],
            [...(before ? [`import '../${before}/x.io.ts'`] : []), `import 'kysely'`, `import '../db/pool.ts'`],
          ],
        ],
        [
          `${feature} (pure)`,
          [
            `server/${feature}/noun.ts`,
            [
              ...later,
              `import 'node:crypto'`,
              `import 'koa'`,
              `import type { Kysely } from 'kysely'`,
              `import 'pg'`,
              `import './x.store.ts'`,
              `import '../db/pool.ts'`,
            ],
            [
              ...(before ? [`import '../${before}/noun.ts'`] : []),
              `import '../../contract/decide.ts'`,
              `import type { Row } from './x.store.ts'`,
            ],
          ],
        ],
      ]
    }),
  ),
}

describe('every zone', () => {
  it('is in this test, and every zone of this test is in the list', () => {
    expect(Object.keys(planted).toSorted()).toEqual(zones.map((zone) => zone.name).toSorted())
  })

  it.each(Object.entries(planted))(
    '%s: each forbidden import is an error, each allowed one is not',
    async (name, plant) => {
      const [file, forbidden, allowed] = plant
      expect(zoneOf(file)?.name).toBe(name)
      for (const code of forbidden) expect(await refusals(file, code), `${file}: ${code}`).toHaveLength(1)
      for (const code of allowed) expect(await refusals(file, code), `${file}: ${code}`).toEqual([])
    },
  )

  it.each(owned)('only its owners import $package', async ({ package: name, files }) => {
    for (const file of files) expect(await refusals(file, `import '${name}'`)).toEqual([])
    const another = join(dirname(files[0] ?? ''), 'another.ts')
    expect(await refusals(another, `import '${name}'`)).toHaveLength(1)
    expect(await refusals(another, `import type { X } from '${name}'`)).toEqual([])
  })
})

it('a file in a new folder is refused until the folder is in the list', async () => {
  expect(await refusals('server/novelty/x.ts', `import 'node:fs'`)).toHaveLength(1)
})

it('every folder of app/, contract/, server/ and web/ belongs to a zone', () => {
  const folders = ['contract', 'server', 'web', 'app/main', 'app/preload', 'app/renderer'].flatMap((top) => [
    top,
    ...readdirSync(root + top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${entry.parentPath.slice(root.length)}/${entry.name}`),
  ])
  expect(folders.length).toBeGreaterThan(4)
  expect(folders.filter((folder) => zoneOf(`${folder}/x.ts`) === undefined)).toEqual([])
})
