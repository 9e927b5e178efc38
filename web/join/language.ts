import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { JoinWords } from './join-ru.ts'
import { joinTexts } from './join-words.ts'
import { kindTexts } from '../kit/venue-kind-words.ts'
import type { Language } from '../kit/language.ts'

/** The same key as the office: one choice for all pages. */
const KEPT = 'dopusk-language'

export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.startsWith('en') ? 'en' : 'ru'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
}

export const LanguageContext = createContext<Language>('ru')
export const useLanguage = (): Language => useContext(LanguageContext)
export const useWords = (): JoinWords => joinTexts[useLanguage()]
export const useKinds = () => kindTexts[useLanguage()]

const ZONE = 'Europe/Moscow'
const locale = (language: Language): string => (language === 'ru' ? 'ru-RU' : 'en-GB')

/** «26 ноября, 18:00»: the krai's time, wherever the reader is. */
export const dayAndTime = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  }).format(new Date(iso))

export const day = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'long', timeZone: ZONE }).format(new Date(iso))

/** By the reader's own clock: when this device last saved. */
export const time = (at: Date, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { hour: '2-digit', minute: '2-digit' }).format(at)
