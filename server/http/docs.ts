import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Middleware } from 'koa'

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Dopusk API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
`
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', validatorUrl: null })`

/** The documentation page, all of it from node_modules: nothing is fetched from elsewhere. */
export function docs(): Middleware {
  const files = new Map<string, { type: string; body: string | Buffer }>([
    ['', { type: 'text/html; charset=utf-8', body: page }],
    ['start.js', { type: 'text/javascript; charset=utf-8', body: start }],
  ])
  const packaged = new Map([
    ['swagger-ui.css', 'text/css; charset=utf-8'],
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ])
  return (ctx) => {
    const name = (ctx['params'] as { file?: string }).file ?? ''
    const type = packaged.get(name)
    let file = files.get(name)
    if (!file && type !== undefined) {
      const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
      file = { type, body: readFileSync(join(folder, name)) }
      files.set(name, file)
    }
    if (!file) return
    ctx.type = file.type
    ctx.body = file.body
  }
}
