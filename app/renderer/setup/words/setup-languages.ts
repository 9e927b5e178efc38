import type { Language } from '../../../preload/kiosk-api.ts'
import { setupEn } from './setup-en.ts'
import { setupRu } from './setup-ru.ts'
import type { SetupWords } from './setup-words.ts'

const BY_CODE: Readonly<Record<Language, SetupWords>> = { ru: setupRu, en: setupEn }

export const setupWords = (language: Language): SetupWords => BY_CODE[language]
