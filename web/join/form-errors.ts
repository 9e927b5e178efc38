import { ApplicationForm, taxFaultOf, type ApplicationDraft } from '../../contract/join/application-form.ts'
import { taxFaultWords } from '../../contract/join/tax-number-words.ts'
import type { Language } from '../kit/language.ts'
import { joinTexts } from './join-words.ts'

/** Path of a field (`venues.0.name`) → what to do about it; in the order of the page. */
export type FormErrors = ReadonlyMap<string, string>

/** The contract's own check, in the reader's words; the first thing wrong with a field is enough. */
export function formErrors(form: ApplicationDraft, language: Language): FormErrors {
  const { error } = ApplicationForm.safeParse(form)
  const found = new Map<string, string>()
  for (const issue of error?.issues ?? []) {
    const path = issue.path.join('.')
    if (found.has(path)) continue
    const fault = taxFaultOf(issue)
    found.set(path, fault ? taxFaultWords(fault, language) : words(path, issue.message, language))
  }
  return found
}

function words(path: string, code: string, language: Language): string {
  const { faults } = joinTexts[language]
  if (code in faults) return faults[code as keyof typeof faults]
  return path === 'email' ? faults.email : faults.other
}

export const filledIn = (form: ApplicationDraft): { readonly done: number; readonly of: number } => {
  const { error } = ApplicationForm.safeParse(form)
  const of = 10 + 3 * form.venues.length
  const wrong = new Set(error?.issues.map(({ path }) => path.join('.')))
  return { done: Math.max(0, of - wrong.size), of }
}
