import { createDocument, type ZodOpenApiContentObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { Problem } from '../../contract/http/problem.ts'
import type { Route, Routes } from '../../contract/http/route.ts'

const text = { type: 'string' as const }

function contentOf(reply: Route['reply']): ZodOpenApiContentObject {
  if (reply === 'binary' || reply === 'file')
    return { 'application/octet-stream': { schema: { ...text, format: 'binary' } } }
  if (reply === 'event-stream') return { 'text/event-stream': { schema: text } }
  return { 'application/json': { schema: reply } }
}

function bodyContent(body: NonNullable<Route['body']>): ZodOpenApiContentObject {
  if (body === 'file') return { 'application/octet-stream': { schema: { ...text, format: 'binary' } } }
  return { 'application/json': { schema: body } }
}

/** OpenAPI 3.1 of the contract. */
export function openApiDocument(table: Routes): unknown {
  const paths: ZodOpenApiPathsObject = {}
  for (const [operationId, route] of Object.entries(table)) {
    const content = contentOf(route.reply)
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = {
      ...paths[path],
      [route.method]: {
        operationId,
        summary: route.summary,
        ...(route.auth !== 'none' && { security: [{ [route.auth]: [] }] }),
        ...((route.params ?? route.query) && {
          requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }) },
        }),
        ...(route.body && { requestBody: { required: true, content: bodyContent(route.body) } }),
        responses: {
          '200': { description: 'OK', content },
          default: { description: 'Problem', content: { 'application/problem+json': { schema: Problem } } },
        },
      },
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Dopusk',
      version: '1.0.0',
      description: 'Admission by QR code: what kiosks and pages say to the server',
    },
    components: {
      securitySchemes: {
        device: { type: 'http', scheme: 'bearer' },
        person: { type: 'apiKey', in: 'cookie', name: 'dopusk-session' },
      },
    },
    paths,
  })
}
