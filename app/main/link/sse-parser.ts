/** Server-sent events (WHATWG HTML, 9.2.6) out of pieces of text: name and data; ids and retry times are not used here. */
export interface StreamEvent {
  readonly event: string
  readonly data: string
}

/** No event of ours is longer; a line that never ends must not fill the memory. */
const LONGEST = 64 * 1024

export class StreamTooLong extends Error {
  override readonly name = 'StreamTooLong'
}

/** Takes text as it comes, cut anywhere, and returns the events that are whole. @throws {StreamTooLong} */
export function createStreamParser(): (text: string) => readonly StreamEvent[] {
  let rest = ''
  let event = ''
  let data: string[] = []
  return (text) => {
    const found: StreamEvent[] = []
    rest += text
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(rest)
      if (!end) break
      const line = rest.slice(0, end.index)
      rest = rest.slice(end.index + end[0].length)
      if (line === '') {
        if (data.length > 0) found.push({ event: event || 'message', data: data.join('\n') })
        event = ''
        data = []
        continue
      }
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
      if (field === 'event') event = value
      else if (field === 'data') data.push(value)
    }
    if (rest.length + data.reduce((sum, { length }) => sum + length, 0) > LONGEST) throw new StreamTooLong()
    return found
  }
}
