import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { ApplicationDraft } from '../../contract/join/application-form.ts'
import type { ApplicantView } from '../../contract/join/application-view.ts'
import type { Language } from '../kit/language.ts'
import { joinTexts } from './join-words.ts'
import { failureWords, joinApi, Refused } from './api.ts'
import { EMPTY, keep, kept, newSecret } from './kept.ts'

export type Saving = { readonly kind: 'none' | 'typing' | 'here' } | { readonly kind: 'saved'; readonly at: Date }

/** After the last key so many milliseconds, the server is told. */
const PAUSE = 700
/** Where it did not answer, it is asked again after so many. */
const RETRY = 5_000

/**
 * The application behind this device's secret, or behind the one a mail brought after the #. What is typed is on this
 * device at once and with the server a moment later; a page closed in between goes on where it was.
 */
export function useApplication(language: Language) {
  const secretRef = useRef('')
  const timerRef = useRef<ReturnType<typeof setTimeout>>(undefined)
  const newestRef = useRef<ApplicationDraft>(EMPTY)
  const [opening, setOpening] = useState(true)
  const [view, setView] = useState<ApplicantView>()
  const [form, setForm] = useState<ApplicationDraft>(EMPTY)
  const [saving, setSaving] = useState<Saving>({ kind: 'none' })
  const [failure, setFailure] = useState<string>()
  const [editing, setEditing] = useState(false)

  const show = useCallback((shown: ApplicantView): void => {
    setView(shown)
    newestRef.current = shown.form
    setForm(shown.form)
  }, [])
  const failed = useCallback(
    (thrown: unknown): void => setFailure(failureWords(thrown, joinTexts[language])),
    [language],
  )

  const open = useCallback(async (): Promise<void> => {
    const mailed = /^#([\w-]{22})$/.exec(location.hash)?.[1]
    const here = kept()
    // the secret leaves the address bar: it would be in every screenshot
    if (mailed !== undefined) history.replaceState(null, '', location.pathname)
    secretRef.current = mailed ?? here?.secret ?? newSecret()
    const unsaved = mailed === undefined || mailed === here?.secret ? here?.unsaved : undefined
    if (mailed === undefined && here === undefined) return
    try {
      let found = await joinApi.open(secretRef.current)
      if (mailed !== undefined && found.state.kind === 'unconfirmed') found = await joinApi.confirm(secretRef.current)
      keep({ secret: secretRef.current, ...(unsaved && { unsaved }) })
      show(found)
      setSaving({ kind: 'saved', at: new Date(found.savedAt) })
    } catch (thrown) {
      const gone = thrown instanceof Refused && thrown.code === 'not-found'
      if (mailed !== undefined) {
        secretRef.current = here?.secret ?? newSecret()
        setFailure(failureWords(gone ? new Refused('link-outdated') : thrown, joinTexts[language]))
      } else if (!gone) failed(thrown)
    }
    if (unsaved) {
      newestRef.current = unsaved
      setForm(unsaved)
      setSaving({ kind: 'here' })
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- opened once; a failure is told in the language of then
  }, [])
  useEffect(() => {
    void open().finally(() => setOpening(false))
    const again = (): void => void (/^#[\w-]{22}$/.test(location.hash) && open())
    addEventListener('hashchange', again)
    return () => removeEventListener('hashchange', again)
  }, [open])

  const save = useCallback(async (): Promise<void> => {
    const sent = newestRef.current
    try {
      const saved = await joinApi.save(secretRef.current, sent)
      setView(saved)
      setFailure(undefined)
      // typed on meanwhile: the next save is on its way already
      if (newestRef.current !== sent) return
      keep({ secret: secretRef.current })
      setSaving({ kind: 'saved', at: new Date() })
    } catch (thrown) {
      setSaving({ kind: 'here' })
      if (thrown instanceof Refused && thrown.code === 'moved-on') show(await joinApi.open(secretRef.current))
    }
  }, [show])

  // what only this device has is sent as soon as the server is back
  useEffect(() => {
    if (saving.kind !== 'here') return undefined
    const retry = setTimeout(() => void save(), RETRY)
    return () => clearTimeout(retry)
  }, [saving, save])

  const change = (next: ApplicationDraft): void => {
    newestRef.current = next
    setForm(next)
    keep({ secret: secretRef.current, unsaved: next })
    setSaving({ kind: 'typing' })
    clearTimeout(timerRef.current)
    timerRef.current = setTimeout(() => void save(), PAUSE)
  }

  const submit = async (knowingly: boolean): Promise<'sent' | 'known' | 'failed'> => {
    clearTimeout(timerRef.current)
    setFailure(undefined)
    try {
      show(await joinApi.submit(secretRef.current, newestRef.current, language, knowingly))
      keep({ secret: secretRef.current })
      setEditing(false)
      scrollTo({ top: 0 })
      return 'sent'
    } catch (thrown) {
      if (thrown instanceof Refused && thrown.code === 'duplicate-application') return 'known'
      failed(thrown)
      return 'failed'
    }
  }
  /** A deed of the status page; the answer is shown, a refusal told. @returns whether it was done */
  const act = async (deed: (secret: string) => Promise<ApplicantView | undefined>): Promise<boolean> => {
    setFailure(undefined)
    try {
      const shown = await deed(secretRef.current)
      if (shown) show(shown)
      return true
    } catch (thrown) {
      failed(thrown)
      return false
    }
  }
  /** Another application, with what the last one said. */
  const anew = (): void => {
    secretRef.current = newSecret()
    setView(undefined)
    setEditing(false)
    change(newestRef.current)
  }
  return { opening, view, form, saving, failure, editing, setEditing, change, submit, act, anew }
}
