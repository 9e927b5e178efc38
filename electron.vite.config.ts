import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

// What the older of the two runtimes holds (Electron 33: Node 20.18, Chrome 130); electron-vite would ask the declared Electron.
const NODE = 'node20.18'
const CHROME = 'chrome130'

/** Has a compiled part that is found by path at run time, so it stays in node_modules; all else is bundled for a quick start. */
const NATIVE = ['serialport', '@photostructure/sqlite']

/** Exported for the browser tests, which build and open the page alone. */
export const renderer = {
  root: at('app/renderer'),
  base: './',
  plugins: [react()],
  // the camera's worker fetches one of its parts only where it needs it
  worker: { format: 'es' },
  build: {
    target: CHROME,
    outDir: at('out/renderer'),
    // the page's policy allows files of its own only: no data: fonts, no data: sounds
    assetsInlineLimit: 0,
    minify: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: at('app/renderer/index.html') } },
  },
} satisfies UserConfig['renderer']

export default defineConfig({
  main: {
    build: {
      target: NODE,
      outDir: at('out/main'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('app/main/index.ts') },
        external: NATIVE,
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      outDir: at('out/preload'),
      // a sandboxed preload script is one CommonJS file and may require nothing but electron
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('app/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
})
