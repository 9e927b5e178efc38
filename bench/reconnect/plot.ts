/** Lines over seconds, as an SVG that stands alone. */
export interface Line {
  readonly name: string
  readonly colour: string
  readonly values: readonly number[]
}

const WIDTH = 960
const HEIGHT = 420
const LEFT = 72
const RIGHT = 24
const TOP = 64
const BOTTOM = 56

/** Seconds that share a point: the highest of them. */
const WINDOW = 6

const peaks = (values: readonly number[]): readonly number[] =>
  Array.from({ length: Math.ceil(values.length / WINDOW) }, (_, at) =>
    Math.max(...values.slice(at * WINDOW, (at + 1) * WINDOW)),
  )

/** A logarithmic scale upwards: what differs a hundredfold is to be seen on one sheet. */
export function plot(title: string, lines: readonly Line[]): string {
  const seconds = Math.max(...lines.map(({ values }) => values.length))
  const highest = Math.max(10, ...lines.flatMap(({ values }) => values))
  const decades = Math.ceil(Math.log10(highest))
  const x = (second: number): number => LEFT + (second / seconds) * (WIDTH - LEFT - RIGHT)
  const y = (value: number): number =>
    HEIGHT - BOTTOM - (Math.log10(Math.max(1, value)) / decades) * (HEIGHT - TOP - BOTTOM)
  const level = (_: unknown, decade: number): string => {
    const at = y(10 ** decade).toFixed(1)
    return `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#D5DCE6"/>
<text x="${LEFT - 10}" y="${at}" text-anchor="end" dominant-baseline="middle">${(10 ** decade).toLocaleString('en')}</text>`
  }
  const step = seconds > 900 ? 300 : 60
  const tick = (_: unknown, at: number): string =>
    `<text x="${x(at * step).toFixed(1)}" y="${HEIGHT - BOTTOM + 22}" text-anchor="middle">${(at * step) / 60}</text>`
  const path = ({ colour, values }: Line): string =>
    `<path fill="none" stroke="${colour}" stroke-width="2.2" stroke-linejoin="round" d="M${peaks(values)
      .map((value, at) => `${x(at * WINDOW).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('L')}"/>`
  const legend = ({ name, colour }: Line, at: number): string =>
    `<path d="M${LEFT + at * 280} 46h24" stroke="${colour}" stroke-width="4"/><text x="${LEFT + 32 + at * 280}" y="50">${name}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Golos Text, Arial, sans-serif" font-size="13" fill="#0F1B2D">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#F4F6F9"/>
<text x="${LEFT}" y="26" font-size="17" font-weight="600">${title}</text>
${lines.map(legend).join('\n')}
${Array.from({ length: decades + 1 }, level).join('\n')}
${Array.from({ length: Math.floor(seconds / step) + 1 }, tick).join('\n')}
<text x="${WIDTH - RIGHT}" y="${HEIGHT - 12}" text-anchor="end">minutes after the server is back</text>
${lines.map(path).join('\n')}
</svg>
`
}
