import { notifications } from '@mantine/notifications'
import { fieldTexts } from '../../kit/field-words.ts'
import type { Language } from '../../kit/language.ts'
import { officeTexts } from './office-words.ts'
import { ApiProblem } from '../api.ts'

/** What to tell a person of a call that failed. */
export function problemWords(thrown: unknown, language: Language): string {
  const words = officeTexts[language].failed
  if (!(thrown instanceof ApiProblem)) return words.unknown
  const own = fieldTexts[language][thrown.code]
  if (own !== undefined) return own
  if (thrown.errors.length > 0) return words.invalid
  if (thrown.status === 403) return words.forbidden
  if (thrown.status === 404) return words.notFound
  if (thrown.status === 409) return words.conflict
  if (thrown.status === 429) return words.tooMany
  return thrown.code === 'unavailable' ? words.unavailable : words.unknown
}

export const fieldWords = (message: string, language: Language): string => fieldTexts[language][message] ?? message

/** A short message in the corner of the page. */
export const toast = {
  done: (message: string) => notifications.show({ message, color: 'green', withCloseButton: false }),
  failed: (thrown: unknown, language: Language) =>
    notifications.show({
      title: officeTexts[language].failed.heading,
      message: problemWords(thrown, language),
      color: 'red',
      closeButtonProps: { 'aria-label': officeTexts[language].close },
      autoClose: 8000,
    }),
}
