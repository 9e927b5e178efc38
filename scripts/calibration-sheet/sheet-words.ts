/** What the calibration sheet says, beside its codes. */
import type { CodeName } from '../../contract/kiosk/calibration.ts'

interface Both {
  readonly ru: string
  readonly en: string
}
interface CodeWords {
  readonly heading: string
  readonly detail: string
}

export const SHEET_WORDS: {
  readonly title: Both
  readonly lead: Both
  readonly codes: Readonly<Record<CodeName, Readonly<Record<'ru' | 'en', CodeWords>>>>
  readonly foot: Both
} = {
  title: { ru: 'Допуск: проверка сканера', en: 'Dopusk: scanner check' },
  lead: {
    ru: 'Откройте на терминале «Настройка», шаг «Проверка сканера». Прочитайте три кода по порядку: терминал скажет словами, всё ли в порядке и что исправить. Соседние коды прикройте ладонью.',
    en: 'Open Set-up on the terminal, step “Scanner check”. Scan the three codes in order: the terminal says in words whether all is well and what to change. Cover the other codes with your hand.',
  },
  codes: {
    alphabet: {
      ru: {
        heading: 'Все символы',
        detail: 'Все 45 символов пропуска по порядку. Показывает, для какой раскладки клавиатуры настроен сканер.',
      },
      en: {
        heading: 'All characters',
        detail: 'The 45 characters of a pass, in order. Shows which keyboard layout the scanner is set to.',
      },
    },
    case: {
      ru: {
        heading: 'Буквы и пробелы',
        detail: 'Строчные и заглавные буквы рядом, два пробела подряд и пробел в конце.',
      },
      en: {
        heading: 'Letters and spaces',
        detail: 'Small letters beside capitals, two spaces in a row and one at the end.',
      },
    },
    length: {
      ru: { heading: 'Скорость', detail: 'Длиной с пропуск: 148 символов. Держите код до сигнала.' },
      en: { heading: 'Speed', detail: 'As long as a pass: 148 characters. Hold still until the beep.' },
    },
  },
  foot: {
    ru: 'Печатайте в масштабе 100 %. Коды на листе никого не пропускают: лист можно держать у терминала.',
    en: 'Print at 100 %. These codes admit nobody: the sheet may stay at the terminal.',
  },
}
