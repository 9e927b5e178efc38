/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import { joinTexts } from './join-words.ts'
import type { Language } from '../kit/language.ts'
import { FormPage } from './FormPage.tsx'
import { firstLanguage, keepLanguage, LanguageContext } from './language.ts'
import { StatusPage } from './StatusPage.tsx'
import { useApplication } from './use-application.ts'

export function Join() {
  const [language, setLanguage] = useState<Language>(firstLanguage)
  const words = joinTexts[language]
  const application = useApplication(language)
  const { opening, view, form, saving, failure, editing } = application
  useEffect(() => {
    document.documentElement.lang = language
    document.title = `${words.name}: ${words.title}`
  }, [language, words])
  const other: Language = language === 'ru' ? 'en' : 'ru'
  const typing = !view || view.state.kind === 'draft' || editing
  return (
    <LanguageContext.Provider value={language}>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <header>
        <div class="band">
          <a class="logo" href="/join">
            <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
              <path d="M3 8V5a2 2 0 0 1 2-2h3M16 3h3a2 2 0 0 1 2 2v3M21 16v3a2 2 0 0 1-2 2h-3M8 21H5a2 2 0 0 1-2-2v-3" />
              <path d="M8 12.4l2.8 2.8L16.4 9.4" />
            </svg>
            {words.name}
          </a>
          <button
            type="button"
            class="language"
            lang={other}
            onClick={() => {
              keepLanguage(other)
              setLanguage(other)
            }}
          >
            {words.otherLanguage}
          </button>
        </div>
        <div class="band title">
          <h1>{words.title}</h1>
          {typing && <p>{words.lead}</p>}
        </div>
      </header>
      <main id="main" class="band" aria-busy={opening}>
        {!opening &&
          (typing ? (
            <FormPage
              form={form}
              onChange={application.change}
              saving={saving}
              view={view}
              onSubmit={application.submit}
              failure={failure}
            />
          ) : (
            <StatusPage
              view={view}
              act={application.act}
              failure={failure}
              onEdit={() => application.setEditing(true)}
              onAnew={application.anew}
            />
          ))}
      </main>
    </LanguageContext.Provider>
  )
}
