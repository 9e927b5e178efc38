/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import type { ApplicantView } from '../../contract/join/application-view.ts'
import { joinApi } from './api.ts'
import { day, useLanguage, useWords } from './language.ts'
import { Sign } from './shapes.tsx'

/** An application as its applicant sees it, and what may be done to it. */
export interface ApplicationInHand {
  readonly view: ApplicantView
  readonly act: (deed: (secret: string) => Promise<ApplicantView | undefined>) => Promise<boolean>
}

/** Appendix 1 to print, and where its signed scan goes. */
export function Paper({ view, act }: ApplicationInHand) {
  const { paper } = useWords()
  const language = useLanguage()
  const [sending, setSending] = useState<string>()
  const print = (): void =>
    void act(async (secret) => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await joinApi.paper(secret))
      link.download = `${view.reference}.pdf`
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
      return undefined
    })
  const upload = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setSending(file.name)
    await act((secret) => joinApi.upload(secret, file))
    setSending(undefined)
  }
  return (
    <section class="paper" aria-labelledby="paper">
      <h2 id="paper">{paper.heading}</h2>
      <p>{paper.text}</p>
      <div class="row">
        <button type="button" class="plain" onClick={print}>
          {paper.print}
        </button>
        <label class="plain file">
          {paper.choose}
          <input
            type="file"
            accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
            onChange={({ currentTarget }) => {
              void upload(currentTarget.files?.[0]).finally(() => (currentTarget.value = ''))
            }}
          />
        </label>
      </div>
      <p class="fine" role="status">
        {sending === undefined ? paper.kinds : paper.sending(sending)}
      </p>
      {view.files.length > 0 && (
        <ul class="files">
          {view.files.map(({ name, size, uploadedAt }) => (
            <li key={name + uploadedAt}>
              <Sign is="good" size={18} /> <b>{name}</b>{' '}
              <span class="fine">
                {Math.max(1, Math.round(size / 1024))} КБ · {paper.added.toLowerCase()} {day(uploadedAt, language)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
