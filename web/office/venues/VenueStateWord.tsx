import type { JSX } from 'react'
import type { VenueState } from '../../../contract/office/venue.ts'
import { registerTexts } from '../register/register-words.ts'
import { useWords } from '../language.tsx'
import { StateWord, type Standing } from '../kit/StateWord.tsx'

const STANDING: Readonly<Record<VenueState, Standing>> = { active: 'good', suspended: 'wait', closed: 'over' }

export function VenueStateWord({ state }: { readonly state: VenueState }): JSX.Element {
  const { states } = useWords(registerTexts)
  return <StateWord is={STANDING[state]}>{states[state]}</StateWord>
}
