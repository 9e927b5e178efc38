/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { STATE_KINDS } from '../../contract/join/application-state.ts'
import { failureWords, joinApi, Refused } from './api.ts'
import { useWords } from './language.ts'
import { Sign, SHAPE_OF } from './shapes.tsx'

/** By the number alone: the state, and nothing else. */
export function LookUp() {
  const words = useWords()
  const { look, status } = words
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const ask = async (): Promise<void> => {
    setFound(undefined)
    setFailure(undefined)
    try {
      setFound(await joinApi.status(typed.trim()))
    } catch (thrown) {
      const unknown = thrown instanceof Refused && ['not-found', 'invalid-request'].includes(thrown.code)
      setFailure(unknown ? look.none : failureWords(thrown, words))
    }
  }
  const state = STATE_KINDS.find((kind) => kind === found)
  return (
    <form
      class="look"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== '') void ask()
      }}
    >
      <h2>{look.heading}</h2>
      <label for="look">{look.label}</label>
      <div class="row">
        <input
          id="look"
          value={typed}
          maxLength={20}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <button type="submit" class="plain">
          {look.go}
        </button>
      </div>
      <p role="status" class="told">
        {state && (
          <>
            <b class="state">
              <Sign is={SHAPE_OF[state]} size={18} /> {status.words[state].word}
            </b>{' '}
            {look.more}
          </>
        )}
        {failure}
      </p>
    </form>
  )
}
