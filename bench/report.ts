/** The end of every bench: a table for people, and one JSON line, last. */
export type Metrics = Readonly<Record<string, number | string>>

/** Rounded to four significant digits: what a run can tell apart. */
const rounded = (value: number | string): number | string =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value

export function report(bench: string, metrics: Metrics): void {
  const shown = Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, rounded(value)]))
  console.table(shown)
  console.log(JSON.stringify({ bench, metrics: shown }))
}

/** Nearest-rank percentile; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? NaN
}

/** `--name N` of a command line. @throws {Error} naming the option */
export function numberOption(args: readonly string[], name: string, fallback: number): number {
  const at = args.indexOf(`--${name}`)
  if (at < 0) return fallback
  const value = Number(args[at + 1])
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} needs a number`)
  return value
}
