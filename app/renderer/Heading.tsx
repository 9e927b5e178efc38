import type { CSSProperties, JSX } from 'react'
import { Bound } from './Bound.tsx'
import { longestPiece } from './unbreakable.ts'

type Sized = CSSProperties & Readonly<Record<'--letters' | '--longest', number>>

/** The one word or sentence of a screen, as large as its letters allow: style/tokens.css turns their number into a size. */
export function Heading({ text }: { readonly text: string }): JSX.Element {
  const sized: Sized = { '--letters': text.length, '--longest': longestPiece(text) }
  return (
    <h1 style={sized}>
      <Bound text={text} />
    </h1>
  )
}
