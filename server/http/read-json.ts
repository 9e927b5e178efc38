import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { RequestProblem } from './problem.ts'

/** Up to here a refused body is read to its end and thrown away, so that its sender lives to see the answer. */
const DRAINED_BYTES = 16 * 1024 * 1024

const JSON_TYPE = /^application\/json *(?:; *charset="?utf-8"?)? *$/i

/**
 * The request's body as a value nobody has checked yet.
 * @param limit bytes; reading stops there
 * @throws {RequestProblem} unsupported-media-type, body-too-large, malformed-json
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw new RequestProblem('unsupported-media-type')
  const bytes = await readBytes(request, limit)
  if (bytes.length === 0 || !isUtf8(bytes)) throw new RequestProblem('malformed-json')
  try {
    return JSON.parse(bytes.toString()) as unknown
  } catch {
    // the parser's message quotes the text, which may hold a pass
    throw new RequestProblem('malformed-json')
  }
}

/**
 * The request's body, as it came.
 * @param limit bytes; reading stops there
 * @throws {RequestProblem} unsupported-media-type where it is compressed, body-too-large, malformed-json where it broke off
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { headers } = request
    if (headers['content-encoding'] !== undefined) {
      reject(new RequestProblem('unsupported-media-type'))
      return
    }
    const length = Number(headers['content-length'] ?? 0)
    if (length > limit) {
      reject(tooLarge(length))
      return
    }
    let first: Buffer | undefined
    let rest: Buffer[] | undefined
    let read = 0
    const onData = (chunk: Buffer): void => {
      read += chunk.length
      if (read > limit) {
        request.off('data', onData).off('end', onEnd).on('data', drain)
        reject(tooLarge(read))
      } else if (first === undefined) first = chunk
      else (rest ??= [first]).push(chunk)
    }
    const drain = (chunk: Buffer): void => {
      read += chunk.length
      if (read > DRAINED_BYTES) request.destroy()
    }
    const onEnd = (): void => resolve(rest === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(rest))
    request.on('data', onData).on('end', onEnd)
    // The sender went away in mid-body: nobody is left to answer.
    request.on('error', () => reject(new RequestProblem('malformed-json')))
  })
}

/** A merely large body is drained after the answer, one without end is cut off. */
function tooLarge(length: number): RequestProblem {
  return new RequestProblem('body-too-large', [], length > DRAINED_BYTES ? { connection: 'close' } : {})
}
