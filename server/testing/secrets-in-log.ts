import { Writable } from 'node:stream'

/** A log's destination that knows what must never come. */
export class SecretsInLog extends Writable {
  readonly lines: string[] = []
  readonly #planted = new Set<string>()

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.lines.push(chunk.toString())
    done()
  }

  plant(secret: string): string {
    this.#planted.add(secret)
    return secret
  }

  /** The whole secret, or a piece that is long enough to be no accident, also JSON-escaped. @throws where one is found */
  check(): void {
    const log = this.lines.join('')
    for (const secret of this.#planted) {
      for (let at = 0; at + 16 <= secret.length; at += 16) {
        if (log.includes(secret.slice(at, at + 16))) throw new Error('the log holds a pass or a token')
      }
    }
  }
}
