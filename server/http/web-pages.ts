import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'koa'

const BUILT = fileURLToPath(new URL('../../out/web/', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webp': 'image/webp',
}
const SQUEEZED = new Set(['.html', '.js', '.css', '.svg', '.json', '.wasm'])

interface WebFile {
  readonly type: string
  readonly etag: string
  readonly bytes: Buffer
  /** made when first asked for, then kept */
  squeezed(encoding: 'br' | 'gzip'): Promise<Buffer> | undefined
}

export interface WebPages {
  /** A file with a hash in its name, under /assets/: it never changes. */
  asset(ctx: Context): Promise<void>
  /** Answers with the page built from web/<name>/index.html. */
  page(name: string): (ctx: Context) => Promise<void>
}

/**
 * The built pages, all of them held in memory (some 2 MB): a request chooses among known names and never makes a path.
 * @param folder of the build; one that is not there yet is looked for again at the next request
 */
export function webPages(folder: string = BUILT): WebPages {
  let files: ReadonlyMap<string, WebFile> | undefined
  const file = (name: string): WebFile | undefined => (files ??= readAll(folder))?.get(name)
  return {
    asset: async (ctx) => {
      const found = file(`assets/${String((ctx['params'] as { file?: string }).file)}`)
      if (found) await send(ctx, found, 'public, max-age=31536000, immutable')
    },
    page: (name) => async (ctx) => {
      const found = file(`${name}/index.html`)
      if (found) return send(ctx, found, 'no-cache')
      ctx.status = 503
      ctx.type = 'text/html; charset=utf-8'
      ctx.body = notBuilt
    },
  }
}

const notBuilt = `<!doctype html>
<html lang="ru">
<meta charset="utf-8">
<title>Допуск</title>
<h1>Страницы не собраны</h1>
<p>Сервер работает, но его страниц нет. <code>npm start</code> и <code>npm run server</code> собирают их сами.</p>
<h1 lang="en">The pages are not built</h1>
<p lang="en">The server runs without its pages. <code>npm start</code> and <code>npm run server</code> build them.</p>
`

/** `undefined`: there is no build. */
function readAll(folder: string): ReadonlyMap<string, WebFile> | undefined {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\//, ''))
    return names.some((name) => name.endsWith('.html'))
      ? new Map(names.map((name) => [name, webFile(name, readFileSync(join(folder, name)))]))
      : undefined
  } catch {
    return undefined
  }
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

function webFile(name: string, bytes: Buffer): WebFile {
  const made = new Map<string, Promise<Buffer>>()
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    squeezed: (encoding) => {
      if (!SQUEEZED.has(extname(name))) return undefined
      const known = made.get(encoding)
      if (known) return known
      // 9 of 11: two thirds of a second for the largest file once, instead of five
      const squeezing =
        encoding === 'br' ? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) : zip(bytes)
      made.set(encoding, squeezing)
      return squeezing
    },
  }
}

async function send(ctx: Context, { type, etag, bytes, squeezed }: WebFile, caching: string): Promise<void> {
  ctx.status = 200
  ctx.set({ 'content-type': type, 'cache-control': caching, etag, vary: 'accept-encoding' })
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  const encoding = ctx.acceptsEncodings('br', 'gzip', 'identity')
  const small = encoding === 'br' || encoding === 'gzip' ? squeezed(encoding) : undefined
  if (small) ctx.set('content-encoding', String(encoding))
  ctx.body = (await small) ?? bytes
}
