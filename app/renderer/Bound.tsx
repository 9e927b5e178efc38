import type { JSX } from 'react'

/** What reads badly at the end of a line: «не», «и», «или», “to”, “not”. It and the word after it stay on one line. */
const BOUND = /((?<![^ ])(?:(?:[^ ]{1,2}|или|для|and|for|not|the) )+[^ ]+)/i

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
