/** How tests ask a server over HTTP, and what they hear. */
export interface AskOptions {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** of JSON answers */
  readonly body: unknown
}

export type Ask = (method: string, path: string, options?: AskOptions) => Promise<Answer>
