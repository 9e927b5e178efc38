/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { useWords } from './language.ts'
import { readRequisites, type Requisites } from './requisites.ts'

/** Whoever has the organisation's details in a letter need not type them. */
export function PasteCard({ onFound }: { readonly onFound: (found: Requisites) => void }) {
  const { paste } = useWords()
  const [typed, setTyped] = useState('')
  const [told, setTold] = useState('')
  const fill = (text: string): void => {
    const found = readRequisites(text)
    onFound(found)
    setTold(paste.found(Object.keys(found).length))
  }
  return (
    <details class="paste">
      <summary>{paste.open}</summary>
      <p>{paste.hint}</p>
      <label for="paste">{paste.label}</label>
      <textarea
        id="paste"
        rows={5}
        maxLength={5000}
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div class="row">
        <button type="button" class="plain" disabled={typed.trim() === ''} onClick={() => fill(typed)}>
          {paste.fill}
        </button>
        <span role="status">{told}</span>
      </div>
    </details>
  )
}
