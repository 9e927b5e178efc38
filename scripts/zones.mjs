/**
 * Who may import whom: the one list. eslint.config.js makes a rule of it, zones.test.ts proves the rule.
 *
 * A file belongs to the first zone that matches it. `may` names the zones it may import, its own is always one of
 * them; `types` those it may import types from; `packages` its npm packages (`'any'`: all), `not` the exceptions;
 * `node` whether it may import `node:*`; `lazy` the zones that it may import with `import()` only, like any package.
 *
 * Plain JavaScript without packages, as everything that runs before installation.
 */
import { matchesGlob } from 'node:path'

/** In this order: each imports only those before it. */
export const features = [
  'accounts',
  'sign-in',
  'venues',
  'posters',
  'applications',
  'register',
  'lists',
  'devices',
  'fleet',
  'passes',
  'visitors',
  'visits',
  'deny-list',
  'versions',
  'admission',
  'check-in',
  'cases',
  'tracing',
  'notices',
]

/** Below all features. */
export const below = [
  'http',
  'db',
  'postgres',
  'keys',
  'jobs',
  'audit',
  'letters',
  'mail',
  'sms',
  'documents',
  'sheets',
]

/** Endings of the files of a feature that read a clock, disk, network or database: `sign-in.store.ts`. All others are pure. */
const impure = ['store', 'io', 'handlers', 'jobs']

const pure = (feature) => `${feature} (pure)`
const clientPackages = [
  'electron',
  'react',
  'react-dom',
  'zustand',
  'axios',
  'serialport',
  '@photostructure/sqlite',
  'playwright-core',
]

const featureZones = features.flatMap((feature, at) => {
  const earlier = features.slice(0, at)
  return [
    {
      name: feature,
      files: [...impure.map((ending) => `server/${feature}/*.${ending}.ts`), `server/${feature}/feature.ts`],
      may: ['contract', ...below, pure(feature), ...earlier, ...earlier.map(pure)],
      packages: 'any',
      not: clientPackages,
      node: true,
      why: 'a feature imports only the features before it',
    },
    {
      name: pure(feature),
      files: [`server/${feature}/*.ts`],
      may: ['contract', ...earlier.map(pure)],
      types: [feature, ...earlier, ...below],
      packages: ['zod'],
      node: false,
      why: `deciding is pure; input and output live in files that end in ${impure.map((ending) => `.${ending}.ts`).join(', ')}`,
    },
  ]
})
const serverParts = ['contract', ...below, ...features, ...features.map(pure)]

export const zones = [
  {
    name: 'contract tests',
    files: ['contract/**/*.test.ts', 'contract/testing/**'],
    may: ['contract'],
    packages: 'any',
    not: clientPackages,
    node: true,
    why: 'the contract stands alone, and so do its tests',
  },
  {
    name: 'contract',
    files: ['contract/**'],
    may: [],
    packages: ['zod', 'cborg'],
    node: false,
    why: 'server, kiosk and browser all run it',
  },
  {
    name: 'server tests',
    files: ['server/**/*.test.ts', 'server/testing/**'],
    may: [...serverParts, 'server', 'server commands', 'web'],
    packages: 'any',
    node: true,
    why: 'a test stays on its side; both sides together are e2e',
  },
  {
    name: 'web tests',
    files: ['web/**/*.test.ts', 'web/**/*.test.tsx'],
    may: ['contract', 'web'],
    packages: 'any',
    node: true,
    why: 'a test stays on its side; both sides together are e2e',
  },
  {
    name: 'web',
    files: ['web/**'],
    may: ['contract', 'resources'],
    packages: [
      'zod',
      'react',
      'react-dom',
      'preact',
      'wouter',
      '@mantine/core',
      '@mantine/hooks',
      '@mantine/form',
      '@mantine/dates',
      '@mantine/charts',
      '@mantine/notifications',
      'mantine-datatable',
      '@tabler/icons-react',
      '@tanstack/react-query',
      'dayjs',
      '@fontsource-variable/golos-text',
    ],
    node: false,
    why: 'pages see only the contract',
  },
  ...featureZones,
  ...below.map((name) => ({
    name,
    files: [`server/${name}/**`],
    may: ['contract', ...below],
    packages: 'any',
    not: clientPackages,
    node: true,
    why: 'lies below all features',
  })),
  {
    name: 'server commands',
    files: ['server/demo/**', 'server/operator/**', 'server/keys-command/**'],
    may: [...serverParts, 'server'],
    packages: 'any',
    not: clientPackages,
    node: true,
    why: 'the server never sees the app',
  },
  {
    name: 'server',
    files: ['server/*.ts'],
    may: serverParts,
    lazy: ['server commands'],
    packages: 'any',
    not: clientPackages,
    node: true,
    why: 'the server never sees the app',
  },
  {
    name: 'app tests',
    files: ['app/**/*.test.ts', 'app/**/*.test.tsx', 'app/**/testing/**'],
    may: ['contract', 'main', 'preload', 'kiosk api', 'renderer', 'resources'],
    packages: 'any',
    node: true,
    why: 'a test stays on its side; both sides together are e2e',
  },
  {
    name: 'main',
    files: ['app/main/**'],
    may: ['contract', 'resources'],
    types: ['kiosk api'],
    packages: [
      'electron',
      'axios',
      '@photostructure/sqlite',
      'jose',
      'pino',
      'serialport',
      'uuid',
      'write-file-atomic',
      'zod',
    ],
    node: true,
    why: 'of the server the app sees only the contract',
  },
  {
    name: 'kiosk api',
    files: ['app/preload/*-api.ts'],
    may: [],
    types: ['contract'],
    packages: [],
    node: false,
    why: 'what crosses between main process and window is types only',
  },
  {
    name: 'preload',
    files: ['app/preload/**'],
    may: [],
    types: ['kiosk api', 'contract'],
    packages: ['electron'],
    node: false,
    why: 'runs in the sandbox: one file, electron and types',
  },
  {
    name: 'renderer',
    files: ['app/renderer/**'],
    may: ['contract', 'resources'],
    types: ['kiosk api'],
    packages: ['react', 'react-dom', 'zustand', '@fontsource-variable/golos-text', 'zxing-wasm', '@zxing/library'],
    node: false,
    why: 'the window sees the contract and the types of the preload script, no Electron and no Node',
  },
  {
    name: 'after installation',
    files: ['scripts/setup/unzip.mjs'],
    may: ['before installation'],
    packages: ['yauzl'],
    node: true,
    why: 'is fetched with import() when packages are there',
  },
  {
    name: 'default application',
    files: ['scripts/setup/default_app/**'],
    may: [],
    packages: ['electron'],
    node: true,
    why: 'is run by a bare Electron',
  },
  {
    name: 'before installation',
    files: ['scripts/**/*.mjs'],
    may: [],
    packages: [],
    lazy: ['after installation'],
    node: true,
    why: 'runs where nothing is installed yet',
  },
  { name: 'resources', files: ['resources/**'], may: [], packages: [], node: false, why: 'is data' },
  {
    name: 'both sides',
    files: ['scripts/**', 'bench/**', 'e2e/**', '*.js', '*.ts', '*.mjs'],
    may: 'all',
    packages: 'any',
    node: true,
    why: 'tools and whole-system tests',
  },
]

/** Raw things behind one file each: nobody else in app/ or server/ imports the package (its types: yes). */
export const owned = [
  { package: 'axios', files: ['app/main/link/server-client.ts'], why: 'ask through the AdmissionServer port' },
  { package: '@photostructure/sqlite', files: ['app/main/queue/queue.ts'], why: 'write through the VisitQueue port' },
  {
    package: 'serialport',
    // the device is an argument: it is handed in where everything is put together
    files: ['app/main/readers/serial.ts', 'app/main/index.ts'],
    why: 'read through the Reader port',
  },
  {
    package: 'zxing-wasm',
    // the worker hands in the module that is bundled: without that it would be fetched from a content network
    files: ['app/renderer/camera/wasm-decoder.ts', 'app/renderer/camera/decode-worker.ts'],
    why: 'read through the Decoder port',
  },
  {
    package: '@zxing/library',
    files: ['app/renderer/camera/library-decoder.ts'],
    why: 'read through the Decoder port',
  },
]

/** The zone of a file, named from the root with forward slashes; `undefined` outside of all. */
export function zoneOf(file) {
  return zones.find((zone) => zone.files.some((glob) => matchesGlob(file, glob)))
}
