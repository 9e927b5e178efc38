import { globSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, 'web')

/** Each folder of web/ with an index.html is a page, or an application of pages, of its own. */
const input = Object.fromEntries(
  globSync('*/index.html', { cwd: root }).map((file) => [basename(dirname(file)), resolve(root, file)]),
)

/** The pages people open in a browser. A light page's files name Preact in a jsxImportSource comment. */
export default defineConfig({
  root,
  base: '/',
  plugins: [react()],
  build: {
    target: ['chrome111', 'firefox114', 'safari16.4'],
    outDir: resolve(import.meta.dirname, 'out/web'),
    emptyOutDir: true,
    // the pages' policy allows files of this server only: no data: fonts, no inline scripts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input },
  },
})
