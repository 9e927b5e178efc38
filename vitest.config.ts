import { defineConfig } from 'vitest/config'

// Real processes and windows on a machine that others use too: one second chance in CI, printed as "retry x1".
const retry = process.env['CI'] === undefined ? 0 : 1

/**
 * unit: nothing but Node. server: one PostgreSQL for the run, a database a file. pages: the same with a real browser.
 * e2e: real Electron and browser, one at a time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pages',
          expect: { poll: { timeout: 15_000 } },
          include: ['e2e/pages/**/*.test.ts'],
          globalSetup: ['e2e/pages/setup.ts', 'server/testing/postgres.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          retry,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'unit',
          setupFiles: ['server/testing/one-seed.ts'],
          include: [
            'app/**/*.test.{ts,tsx}',
            'contract/**/*.test.ts',
            'web/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          // some start a linter or a browser
          testTimeout: 30_000,
          exclude: ['bench/story/**'],
        },
      },
      {
        test: {
          name: 'server',
          setupFiles: ['server/testing/one-seed.ts'],
          include: ['server/**/*.test.ts', 'bench/story/*.test.ts'],
          globalSetup: ['server/testing/postgres.ts'],
          testTimeout: 30_000,
          retry,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: { poll: { timeout: 15_000 } },
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/pages/**'],
          globalSetup: ['e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          retry,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
