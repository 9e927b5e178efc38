import { useQueryClient } from '@tanstack/react-query'
import type { JSX } from 'react'
import { entranceTexts } from './entrance-words.ts'
import { useWords } from '../language.tsx'
import { ME } from '../me.ts'
import { FactorSetup } from '../account/FactorSetup.tsx'
import { EntranceFrame } from './EntranceFrame.tsx'

/** Before anything else, for roles that need it. */
export function FactorNeeded(): JSX.Element {
  const { factor } = useWords(entranceTexts)
  const queries = useQueryClient()
  return (
    <EntranceFrame title={factor.title} hint={factor.why} wide>
      <FactorSetup onDone={() => void queries.invalidateQueries({ queryKey: [ME] })} />
    </EntranceFrame>
  )
}
