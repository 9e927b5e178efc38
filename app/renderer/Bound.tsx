import type { JSX } from 'react'
import { BOUND } from './unbreakable.ts'

/** A text whose short words stay with the word after them. */
export function Bound({ text }: { readonly text: string | undefined }): JSX.Element {
  const pieces = (text ?? '').split(BOUND)
  return (
    <>
      {pieces.map((piece, at) =>
        // split() puts what matched at the odd places
        at % 2 === 1 ? (
          <span key={at} className="bound">
            {piece}
          </span>
        ) : (
          piece
        ),
      )}
    </>
  )
}
