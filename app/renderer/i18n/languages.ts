import type { Language } from '../../preload/kiosk-api.ts'
import { en } from './en.ts'
import { ru } from './ru.ts'
import type { LanguageEntry } from './words.ts'

/** A new language is a word file and an entry here; the screen then shows one button more. */
const BY_CODE: Readonly<Record<Language, LanguageEntry>> = {
  ru: { code: 'ru', name: 'Русский', words: ru },
  en: { code: 'en', name: 'English', words: en },
}

export const LANGUAGES: readonly LanguageEntry[] = Object.values(BY_CODE)

export function languageEntry(language: Language): LanguageEntry {
  return BY_CODE[language]
}
