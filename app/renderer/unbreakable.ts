/** What reads badly at the end of a line: «не», «и», «или», “to”, “not”. It and the word after it stay on one line. */
export const BOUND = /((?<![^ ])(?:(?:[^ ]{1,2}|или|для|and|for|not|the) )+[^ ]+)/i

/** How many characters the longest piece has that no line may break. */
export function longestPiece(text: string): number {
  const pieces = text
    .split(BOUND)
    // split() puts what matched at the odd places
    .flatMap((piece, at) => (at % 2 === 1 ? [piece] : piece.split(' ')))
  return Math.max(1, ...pieces.map((piece) => piece.length))
}
