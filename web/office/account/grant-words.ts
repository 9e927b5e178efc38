import type { Grant } from '../../../contract/office/grant.ts'
import { officeTexts } from '../kit/office-words.ts'
import { peopleTexts } from '../people/people-words.ts'
import { useWords } from '../language.tsx'

/** A grant in words: «Координатор, спорт». */
export function useGrantWords(): (grant: Grant) => string {
  const { roles, branches } = useWords(officeTexts)
  const { participant } = useWords(peopleTexts)
  return (grant) => {
    if (grant.role === 'coordinator') return `${roles.coordinator}, ${branches[grant.branch]}`
    if ('participantId' in grant) return `${roles[grant.role]} ${participant(grant.participantId)}`
    return roles[grant.role]
  }
}
