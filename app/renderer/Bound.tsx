import type { JSX } from 'react'

/** Text in which a word of up to three letters («не», «и», “to”) keeps to its next word when the line breaks. */
export function Bound({ text }: { readonly text: string | undefined }): JSX.Element {
  const pieces = (text ?? '').split(/((?<![^ ])(?:[^ ]{1,3} )+[^ ]+)/)
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
