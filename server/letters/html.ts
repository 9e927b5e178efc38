import { assertNever } from '../../contract/assert-never.ts'
import { oneLine } from './one-line.ts'
import { SIGNATURE } from './plain-text.ts'
import type { Block, Letter, Locale } from './template.ts'

/** Colours of the light scheme stand in the elements, where every mail program sees them; the dark ones in a style sheet. */
const DARK = `@media (prefers-color-scheme: dark) {
  body, .paper { background: #0f1b2d !important; }
  .ink { color: #f4f6f9 !important; }
  .quiet { color: #a9b6c8 !important; }
  .line { border-color: #33445c !important; }
  a.plain { color: #8ab8ff !important; }
}`
const FONT = "font-family: 'Golos Text', -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"

/** One column without tables, pictures, or anything fetched: no program asks before it shows it, and nobody learns that it was read. */
export function html(letter: Letter, locale: Locale): string {
  const { subject, heading, blocks, mark } = letter
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(oneLine(subject))}</title>
<style>${DARK}</style>
</head>
<body style="margin: 0; background: #f4f6f9">
<div class="paper" style="max-width: 560px; margin: 0 auto; padding: 32px 20px; background: #f4f6f9; ${FONT}; font-size: 16px; line-height: 1.5">
<p class="quiet" style="margin: 0 0 24px; color: #5b6b82; font-weight: 600">${locale === 'ru' ? 'Допуск' : 'Dopusk'}</p>
${mark === undefined ? '' : markHtml(mark)}<h1 class="ink" style="margin: 0 0 20px; color: #0f1b2d; font-size: 28px; line-height: 1.2; font-weight: 700; letter-spacing: -0.01em">${escape(heading)}</h1>
${blocks.map(blockHtml).join('\n')}
<p class="quiet line" style="margin: 32px 0 0; padding-top: 16px; border-top: 1px solid #d5dce6; color: #5b6b82; font-size: 13px">${escape(SIGNATURE[locale])}</p>
</div>
</body>
</html>
`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p class="ink" style="margin: 0 0 16px; color: #0f1b2d">${escape(block.text)}</p>`
    case 'quiet':
      return `<p class="quiet" style="margin: 0 0 8px; color: #5b6b82; font-size: 14px">${escape(block.text)}</p>`
    case 'button':
      // The address stands below in full: a button shows its words only, and some programs show no button.
      return `<p style="margin: 24px 0 8px"><a href="${escape(block.link)}" style="display: inline-block; padding: 13px 22px; border-radius: 10px; background: #0a55c2; color: #ffffff; font-weight: 600; text-decoration: none">${escape(block.label)}</a></p>
<p class="quiet" style="margin: 0 0 24px; color: #5b6b82; font-size: 13px; word-break: break-all"><a class="plain" href="${escape(block.link)}" style="color: #0a55c2">${escape(block.link)}</a></p>`
    case 'facts':
      return `<div class="line" style="margin: 8px 0 20px; padding: 4px 0 4px 16px; border-left: 3px solid #d5dce6">
${block.facts.map(([label, value]) => `<p style="margin: 8px 0"><span class="quiet" style="display: block; color: #5b6b82; font-size: 13px">${escape(label)}</span><span class="ink" style="color: #0f1b2d; font-weight: 600; overflow-wrap: anywhere">${escape(oneLine(value))}</span></p>`).join('\n')}
</div>`
    case 'steps':
      return `<ol class="ink" style="margin: 0 0 20px; padding-left: 24px; color: #0f1b2d">
${block.steps.map((step) => `<li style="margin: 0 0 8px; padding-left: 4px">${escape(step)}</li>`).join('\n')}
</ol>`
    default:
      return assertNever(block)
  }
}

/** The kiosk's shapes; where a program cannot cut an octagon or a triangle, their mark on a square says the same. */
const MARKS = {
  granted: ['✓', 'background: #00754a; color: #ffffff; border-radius: 50%'],
  denied: [
    '✕',
    'background: #b3122a; color: #ffffff; clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)',
  ],
  check: ['!', 'background: #ffb81c; color: #2b1b00; clip-path: polygon(50% 0, 100% 92%, 0 92%)'],
} as const

function markHtml(mark: keyof typeof MARKS): string {
  const [sign, style] = MARKS[mark]
  return `<p aria-hidden="true" style="margin: 0 0 16px; width: 56px; height: 56px; line-height: 56px; text-align: center; font-size: 30px; font-weight: 800; ${style}">${sign}</p>\n`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')
