import type { Answer, AskOptions } from './ask.ts'
import type { TestServer } from './test-server.ts'

/** What a browser does with cookies and origins, without its pages. */
export interface TestBrowser {
  ask(method: string, path: string, options?: AskOptions): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, value?: unknown): Promise<Answer>
  cookie(name: string): string | undefined
  plant(name: string, value: string): void
}

/** @param more headers of every request */
export function browserOf(
  server: Pick<TestServer, 'ask' | 'url'>,
  more: Readonly<Record<string, string>> = {},
): TestBrowser {
  const jar = new Map<string, string>()
  const ask: TestBrowser['ask'] = async (method, path, options = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await server.ask(method, path, {
      ...options,
      headers: {
        origin: server.url,
        'sec-fetch-site': 'same-origin',
        ...(cookie !== '' && { cookie }),
        ...more,
        ...options.headers,
      },
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  return {
    ask,
    get: (path) => ask('GET', path),
    post: (path, value = {}) => ask('POST', path, { body: JSON.stringify(value) }),
    cookie: (name) => jar.get(name),
    plant: (name, value) => void jar.set(name, value),
  }
}
