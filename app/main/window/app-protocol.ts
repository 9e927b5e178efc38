import fs from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'

const SCHEME = 'app'
export const PAGE_ORIGIN = `${SCHEME}://kiosk`
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.wasm': 'application/wasm',
}

/**
 * The page's policy (index.html) lets no WebAssembly run. A worker has a policy of its own, from its own response: only
 * the one that reads the camera may, and it may fetch from us alone.
 */
const CAMERA_WORKER = /^decode-worker-[\w-]+\.js$/
const CAMERA_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

/** Before the app is ready: `app://kiosk/…` is an origin of its own, with fetch, workers and a secure context. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page from `folder`, and nothing outside it. */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url).pathname)))
    const type = TYPES[path.extname(file)]
    if (!file.startsWith(folder + path.sep) || type === undefined) return new Response(null, { status: 404 })
    try {
      return new Response(new Uint8Array(await fs.readFile(file)), {
        headers: {
          'content-type': type,
          'x-content-type-options': 'nosniff',
          ...(CAMERA_WORKER.test(path.basename(file)) ? { 'content-security-policy': CAMERA_WORKER_POLICY } : {}),
        },
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}
