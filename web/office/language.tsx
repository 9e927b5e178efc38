import { createContext, useContext, useEffect, useMemo, useState, type JSX, type ReactNode } from 'react'
import dayjs from 'dayjs'
import 'dayjs/locale/ru'
import { z } from 'zod'
import { en, ru } from 'zod/locales'
import type { Language, Texts } from '../kit/language.ts'

interface Chosen {
  readonly language: Language
  readonly choose: (language: Language) => void
}
const Context = createContext<Chosen>({ language: 'ru', choose: () => {} })

const KEPT = 'dopusk-language'

function atFirst(): Language {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.startsWith('en') ? 'en' : 'ru'
}

/** Dates, the checks' own messages and the page's `lang` follow the language too. */
function speak(language: Language): void {
  dayjs.locale(language)
  z.config((language === 'ru' ? ru : en)())
  document.documentElement.lang = language
}

export function LanguageProvider({ children }: { readonly children: ReactNode }): JSX.Element {
  const [language, setLanguage] = useState<Language>(() => {
    const first = atFirst()
    speak(first)
    return first
  })
  useEffect(() => speak(language), [language])
  const chosen = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        localStorage.setItem(KEPT, next)
        speak(next)
        setLanguage(next)
      },
    }),
    [language],
  )
  return <Context value={chosen}>{children}</Context>
}

export const useLanguage = (): Chosen => useContext(Context)

/** The words of a part of the pages, in the chosen language. */
export const useWords = <Words,>(table: Texts<Words>): Words => table[useLanguage().language]
