/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { MOST_VENUES, type ApplicationDraft, type FormField } from '../../contract/join/application-form.ts'
import type { ApplicantView } from '../../contract/join/application-view.ts'
import { holderOf, taxFault, tidyNumber, type TaxNumber } from '../../contract/join/tax-number.ts'
import { BRANCH_OF } from '../../contract/office/venue-kind.ts'
import { Aside } from './Aside.tsx'
import { TextField, Tick } from './fields.tsx'
import { formErrors } from './form-errors.ts'
import { Known } from './Known.tsx'
import { useKinds, useLanguage, useWords } from './language.ts'
import { PasteCard } from './PasteCard.tsx'
import type { Saving } from './use-application.ts'
import { VenueFields } from './VenueFields.tsx'

interface Props {
  readonly form: ApplicationDraft
  readonly onChange: (form: ApplicationDraft) => void
  readonly saving: Saving
  /** absent: nothing has been saved yet */
  readonly view: ApplicantView | undefined
  readonly onSubmit: (knowingly: boolean) => Promise<'sent' | 'known' | 'failed'>
  readonly failure: string | undefined
}

const labelOf = (path: string): string => path.replace(/^venues\.\d+\./, 'venues.')

export function FormPage({ form, onChange, saving, view, onSubmit, failure }: Props) {
  const words = useWords()
  const language = useLanguage()
  const { coordinators } = useKinds()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [attempts, setAttempts] = useState(0)
  const [sending, setSending] = useState(false)
  const [known, setKnown] = useState(false)
  const [first] = form.venues
  const [sameAddress, setSameAddress] = useState(form.address !== '' && form.address === first?.address)
  const [sameHead, setSameHead] = useState(form.headName !== '' && form.headName === form.contactName)
  const summary = useRef<HTMLDivElement>(null)

  const all = formErrors(form, language)
  // a field that is merely empty is no mistake until somebody wants to send
  const errors = attempts > 0 ? all : new Map([...all].filter(([path]) => left.has(path) && valueAt(form, path) !== ''))
  useEffect(() => {
    if (attempts > 0) summary.current?.focus()
  }, [attempts])

  const leave = (path: string): void => setLeft((before) => new Set([...before, path]))
  const change = (changes: Partial<ApplicationDraft>): void => {
    const next = { ...form, ...changes }
    onChange({
      ...next,
      ...(sameAddress && { address: next.venues[0]?.address ?? '' }),
      ...(sameHead && { contactName: next.headName, contactPosition: next.headPosition }),
    })
  }
  const text = (field: FormField) => ({
    path: field,
    label: words.fields[field],
    hint: field in words.hints ? words.hints[field as keyof typeof words.hints] : undefined,
    error: errors.get(field),
    value: form[field],
    onInput: (value: string) => change({ [field]: value }),
    onLeave: () => leave(field),
  })
  const rightNumber = (number: TaxNumber): string | undefined => {
    const digits = tidyNumber(form[number])
    const holder = holderOf(number, digits)
    return holder && !taxFault(number, digits) ? words.numberRight[holder] : undefined
  }
  const send = async (knowingly: boolean): Promise<void> => {
    if (sending) return
    if (all.size > 0) {
      setAttempts(attempts + 1)
      return
    }
    setSending(true)
    const outcome = await onSubmit(knowingly)
    setSending(false)
    setKnown(outcome === 'known')
  }
  const branch = first && first.kind !== '' ? BRANCH_OF[first.kind] : undefined
  const correction = view?.state.kind === 'correction' ? view.state : undefined

  return (
    <div class="columns">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send(false)
        }}
      >
        {correction && (
          <div class="notice wait">
            <h2>{words.status.words.correction.word}</h2>
            <p class="said">{correction.words}</p>
            <p>
              {words.status.toFix}:{' '}
              {correction.fields?.map((field, at) => (
                <span key={field}>
                  {at > 0 && ', '}
                  <a href={`#${field === 'venues' ? 'venues.0.name' : field}`}>{words.correctionFields[field]}</a>
                </span>
              ))}
            </p>
          </div>
        )}
        {attempts > 0 && all.size > 0 && (
          <div class="notice bad" ref={summary} tabIndex={-1} role="alert" aria-labelledby="wrong">
            <h2 id="wrong">{words.wrong(all.size)}</h2>
            <ul>
              {[...all].map(([path, told]) => (
                <li key={path}>
                  <a
                    href={`#${path}`}
                    onClick={(event) => {
                      event.preventDefault()
                      document.getElementById(path)?.focus()
                    }}
                  >
                    {words.fields[labelOf(path) as keyof typeof words.fields]}
                  </a>
                  <span>: {told}</span>
                </li>
              ))}
            </ul>
          </div>
        )}

        <section aria-labelledby="s1">
          <h2 id="s1">
            <i>1</i> {words.sections.venue}
          </h2>
          {form.venues.map((venue, at) => (
            <VenueFields
              key={at}
              at={at}
              venue={venue}
              errors={errors}
              onChange={(next) => change({ venues: form.venues.with(at, next) })}
              onLeave={leave}
              onRemove={
                form.venues.length > 1
                  ? () => change({ venues: form.venues.filter((_, other) => other !== at) })
                  : undefined
              }
            />
          ))}
          <p class="decides" aria-live="polite">
            {branch && (
              <>
                {words.decides} <b>{coordinators[branch]}</b>
              </>
            )}
          </p>
          {form.venues.length < MOST_VENUES && (
            <button
              type="button"
              class="quiet"
              onClick={() => change({ venues: [...form.venues, { name: '', kind: first?.kind ?? '', address: '' }] })}
            >
              + {words.addVenue}
            </button>
          )}
        </section>

        <section aria-labelledby="s2">
          <h2 id="s2">
            <i>2</i> {words.sections.organisation}
          </h2>
          <PasteCard
            onFound={(found) => {
              change(found)
              for (const field of Object.keys(found)) leave(field)
            }}
          />
          <TextField {...text('organisation')} autocomplete="organization" lines />
          <div class="pair">
            <TextField {...text('inn')} inputMode="numeric" good={rightNumber('inn')} />
            <TextField {...text('ogrn')} inputMode="numeric" good={rightNumber('ogrn')} />
          </div>
          <Tick
            label={words.sameAddress}
            checked={sameAddress}
            onChange={(same) => {
              setSameAddress(same)
              onChange({ ...form, address: same ? (first?.address ?? '') : '' })
            }}
          />
          {!sameAddress && <TextField {...text('address')} autocomplete="street-address" lines />}
        </section>

        <section aria-labelledby="s3">
          <h2 id="s3">
            <i>3</i> {words.sections.head}
          </h2>
          <TextField {...text('headName')} capitals="words" />
          <TextField {...text('headPosition')} />
        </section>

        <section aria-labelledby="s4">
          <h2 id="s4">
            <i>4</i> {words.sections.contact}
          </h2>
          <Tick
            label={words.sameHead}
            checked={sameHead}
            onChange={(same) => {
              setSameHead(same)
              const { headName, headPosition } = form
              onChange({ ...form, contactName: same ? headName : '', contactPosition: same ? headPosition : '' })
            }}
          />
          {!sameHead && (
            <>
              <TextField {...text('contactName')} autocomplete="name" capitals="words" />
              <TextField {...text('contactPosition')} autocomplete="organization-title" />
            </>
          )}
          <TextField {...text('contactPhone')} type="tel" inputMode="tel" autocomplete="tel" />
          <TextField {...text('email')} type="email" inputMode="email" autocomplete="email" capitals="none" />
        </section>

        {known && <Known view={view} onAnyway={() => void send(true)} onBack={() => setKnown(false)} />}
        <div class="send">
          {failure !== undefined && (
            <p class="failure" role="alert">
              {failure}
            </p>
          )}
          <button type="submit" class="main" disabled={sending}>
            {sending ? words.submitting : correction ? words.submitAgain : words.submit}
          </button>
          <p class="fine">{words.consent}</p>
        </div>
      </form>
      <Aside form={form} saving={saving} />
    </div>
  )
}

function valueAt(form: ApplicationDraft, path: string): string {
  const [field = '', at, name] = path.split('.')
  if (field === 'venues') return form.venues[Number(at)]?.[name as 'name'] ?? ''
  return form[field as FormField]
}
