/** What a camera's reader complained of in a kiosk's log. */
export const troublesIn = (log: readonly string[]): readonly string[] =>
  log.flatMap((line) => /"trouble":"([a-z-]+)"/.exec(line)?.[1] ?? [])
