import { assertNever } from '../../contract/assert-never.ts'
import { oneLine } from './one-line.ts'
import type { Block, Letter, Locale } from './template.ts'

export const SIGNATURE: Readonly<Record<Locale, string>> = {
  ru: 'Допуск · письмо создано автоматически, отвечать на него не нужно',
  en: 'Dopusk · this mail was made by a machine; there is no need to answer',
}

export function plainText(letter: Letter, locale: Locale): string {
  const blocks = [letter.heading, ...letter.blocks.map(blockText), `-- \n${SIGNATURE[locale]}`]
  return `${blocks.join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'quiet':
      return block.text
    case 'button':
      return `${block.label}:\n${block.link}`
    case 'facts':
      return block.facts.map(([label, value]) => `${label}: ${oneLine(value)}`).join('\n')
    case 'steps':
      return block.steps.map((step, at) => `${at + 1}. ${step}`).join('\n')
    default:
      return assertNever(block)
  }
}
