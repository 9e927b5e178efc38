/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks'
import { joinApi } from './api.ts'
import { dayAndTime, useKinds, useLanguage, useWords } from './language.ts'
import { Paper, type ApplicationInHand } from './Paper.tsx'
import { Sign, SHAPE_OF } from './shapes.tsx'
import { Steps } from './Steps.tsx'

interface StatusProps extends ApplicationInHand {
  readonly failure: string | undefined
  readonly onEdit: () => void
  readonly onAnew: () => void
}

const WITHDRAWABLE = ['unconfirmed', 'submitted', 'correction', 'approved']

export function StatusPage({ view, act, failure, onEdit, onAnew }: StatusProps) {
  const { status, known, decides } = useWords()
  const { coordinators } = useKinds()
  const language = useLanguage()
  const [resent, setResent] = useState(false)
  const { state } = view
  const { word, text } = status.words[state.kind]
  const shape = SHAPE_OF[state.kind]
  const over = state.kind === 'rejected' || state.kind === 'withdrawn'
  return (
    <div class="columns">
      <div>
        {failure !== undefined && (
          <p class="failure" role="alert">
            {failure}
          </p>
        )}
        <div class={`state-card ${shape}`} role="status">
          <Sign is={shape} size={72} />
          <div>
            <h2>{word}</h2>
            <p>{text}</p>
            {state.kind === 'unconfirmed' && (
              <p>
                {status.sentTo} <b>{view.form.email}</b>
              </p>
            )}
            {state.words !== undefined && (
              <blockquote>
                <span class="fine">{status.reason}</span>
                <p class="said">{state.words}</p>
              </blockquote>
            )}
            <div class="row">
              {state.kind === 'unconfirmed' && (
                <button
                  type="button"
                  class="plain"
                  onClick={() =>
                    void act(async (secret) => {
                      await joinApi.resend(secret)
                      return undefined
                    }).then(setResent)
                  }
                >
                  {status.resend}
                </button>
              )}
              {(state.kind === 'unconfirmed' || state.kind === 'correction') && (
                <button type="button" class={state.kind === 'correction' ? 'main' : 'quiet'} onClick={onEdit}>
                  {status.edit}
                </button>
              )}
              {over && (
                <button type="button" class="main" onClick={onAnew}>
                  {status.anew}
                </button>
              )}
            </div>
            {resent && <p class="told">{status.resent}</p>}
          </div>
        </div>
        {view.known.length > 0 && !over && (
          <p class="notice plain-notice">
            {view.known.some(({ likeness }) => likeness === 'venue') ? known.venue : known.organisation}
          </p>
        )}
        {!over && <Steps state={state} />}
        {!over && state.kind !== 'registered' && <Paper view={view} act={act} />}
        {WITHDRAWABLE.includes(state.kind) && <Withdraw act={act} />}
      </div>
      <aside>
        <div class="number">
          <p class="fine">{status.number}</p>
          <p class="reference">{view.reference}</p>
          <p class="fine">{status.keep}</p>
        </div>
        <div class="next">
          <h2>{view.form.organisation}</h2>
          <ul class="places">
            {view.form.venues.map(({ name, address }) => (
              <li key={`${name} ${address}`}>
                <b>{name}</b>
                <br />
                {address}
              </li>
            ))}
          </ul>
          {view.branch && (
            <p class="fine">
              {decides} {coordinators[view.branch]}
            </p>
          )}
          {state.since !== undefined && <p class="fine">{dayAndTime(state.since, language)}</p>}
        </div>
      </aside>
    </div>
  )
}

function Withdraw({ act }: Pick<ApplicationInHand, 'act'>) {
  const { status } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = (): void => dialog.current?.close()
  return (
    <>
      <button type="button" class="quiet withdraw" onClick={() => dialog.current?.showModal()}>
        {status.withdraw}
      </button>
      <dialog ref={dialog} aria-labelledby="withdraw">
        <p id="withdraw">{status.withdrawAsk}</p>
        <div class="row">
          <button type="button" class="plain" onClick={close}>
            {status.withdrawNo}
          </button>
          <button type="button" class="danger" onClick={() => void act(joinApi.withdraw).then(close)}>
            {status.withdrawYes}
          </button>
        </div>
      </dialog>
    </>
  )
}
