import { createDocument, type ZodOpenApiContentObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { Api, Route } from '../contract/api.ts'
import { Problem } from '../contract/problem.ts'

const text = { type: 'string' as const }

function contentOf(reply: Route['reply']): ZodOpenApiContentObject {
  if (reply === 'binary') return { 'application/octet-stream': { schema: { ...text, format: 'binary' } } }
  if (reply === 'event-stream') return { 'text/event-stream': { schema: text } }
  return { 'application/json': { schema: reply } }
}

/** OpenAPI 3.1 of the contract. */
export function openApiDocument(api: Api): unknown {
  const paths: ZodOpenApiPathsObject = {}
  for (const [operationId, route] of Object.entries(api) as [string, Route][]) {
    const content = contentOf(route.reply)
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = {
      ...paths[path],
      [route.method]: {
        operationId,
        summary: route.summary,
        ...(route.auth === 'device' && { security: [{ device: [] }] }),
        ...(route.params && { requestParams: { path: route.params } }),
        ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
        responses: {
          '200': { description: 'OK', content },
          default: { description: 'Problem', content: { 'application/problem+json': { schema: Problem } } },
        },
      },
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Dopusk', version: '1.0.0', description: 'Admission by QR code: what a kiosk says to the server' },
    components: { securitySchemes: { device: { type: 'http', scheme: 'bearer' } } },
    paths,
  })
}
