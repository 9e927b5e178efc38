/** Appendix 1 and the venues it is about: the same schema checks it in the page and on the server. */
import { z } from 'zod'
import { Email } from '../email.ts'
import { rawText } from '../plain-text.ts'
import { holderFault, taxFault, tidyNumber, type TaxFault, type TaxNumber } from './tax-number.ts'
import { taxFaultWords } from './tax-number-words.ts'
import { BRANCH_OF, VenueKind, type Branch } from '../office/venue-kind.ts'

/** One line of text: spaces made single, letters composed. */
const tidy = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()

/** Control characters break lines of a mail's header; invisible ones make a name look like another. */
const VISIBLE = /^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]*$/u

const line = (least: number, most: number) =>
  z
    .string()
    .overwrite(tidy)
    .min(1, 'required')
    .min(least, 'too-short')
    .max(most, 'too-long')
    .regex(VISIBLE, 'hidden-characters')

/** Letters of Russian and of Latin names; surname and name at least. */
const personName = line(3, 150)
  .regex(/^[\p{Script=Cyrillic}\p{Script=Latin}\p{M}'’.() -]*$/u, 'letters-only')
  .regex(/\p{L}+[ .]+\p{L}+/u, 'full-name')

/** Ends as `+7` and ten digits, with an extension after a comma where there is one. */
const phone = z
  .string()
  .overwrite(tidyPhone)
  .min(1, 'required')
  .regex(/^\+7\d{10}(?:,\d{1,6})?$/, 'phone')

function tidyPhone(typed: string): string {
  const text = tidy(typed)
  const [main = '', extension] = text
    .split(/(?:,|;|доб\.?|вн\.?|ext\.?|#)/iu)
    .map((part) => part.replaceAll(/[\s()\-–.]/g, ''))
  const national = /^(?:\+7|7|8)?(\d{10})$/.exec(main)?.[1]
  if (national === undefined) return text
  return extension ? `+7${national},${extension}` : `+7${national}`
}

const taxNumber = (number: TaxNumber) =>
  z
    .string()
    .overwrite(tidyNumber)
    .min(1, 'required')
    .check((check) => {
      const fault = check.value === '' ? undefined : taxFault(number, check.value)
      if (fault) check.issues.push(taxIssue(fault, check.value))
    })

const taxIssue = (fault: TaxFault, input: unknown, path: string[] = []) =>
  ({ code: 'custom', input, path, message: taxFaultWords(fault, 'en'), params: { taxFault: fault } }) as const

/** The fault behind an issue of the schema below, so that a page can say it in its own language. */
export function taxFaultOf(issue: z.core.$ZodIssue): TaxFault | undefined {
  return issue.code === 'custom' ? (issue.params?.['taxFault'] as TaxFault | undefined) : undefined
}

/** More venues than any one organisation of a branch runs; a chain sends a list to the Operator instead. */
export const MOST_VENUES = 30

const ApplicationVenue = z.strictObject({
  name: line(2, 200),
  kind: z.enum(VenueKind.options, 'required'),
  address: line(5, 400),
})
export type ApplicationVenue = z.infer<typeof ApplicationVenue>

/**
 * An application joins one organisation with all its venues that one Coordinator answers for: the paper names an
 * organisation, a café with two halls signs one paper, and a decision is one Coordinator's.
 */
export const ApplicationForm = z
  .strictObject({
    venues: z.array(ApplicationVenue).min(1, 'required').max(MOST_VENUES).readonly(),
    /** name with its legal form */
    organisation: line(3, 300),
    inn: taxNumber('inn'),
    ogrn: taxNumber('ogrn'),
    /** of the legal entity */
    address: line(5, 400),
    headPosition: line(2, 150),
    headName: personName,
    /** the employee authorised for joining */
    contactPosition: line(2, 150),
    contactName: personName,
    contactPhone: phone,
    email: z.string().overwrite(tidy).min(1, 'required').pipe(Email),
  })
  .check((check) => {
    const fault = holderFault(check.value)
    if (fault) check.issues.push(taxIssue(fault, check.value.inn, ['inn']))
    const [first, ...others] = check.value.venues
    if (!first) return
    const other = others.findIndex(({ kind }) => BRANCH_OF[kind] !== BRANCH_OF[first.kind])
    if (other >= 0) {
      const path = ['venues', other + 1, 'kind']
      check.issues.push({
        code: 'custom',
        input: others[other],
        path,
        message: 'other-coordinator',
      })
    }
  })
  .meta({ id: 'ApplicationForm' })
export type ApplicationForm = z.infer<typeof ApplicationForm>

const Typed = rawText(500).default('')

/** The same as far as it has been typed: nothing is checked but its size, and that it can be kept. */
export const ApplicationDraft = z
  .strictObject({
    venues: z
      .array(z.strictObject({ name: Typed, kind: z.union([VenueKind, z.literal('')]).default(''), address: Typed }))
      .max(MOST_VENUES)
      .readonly(),
    organisation: Typed,
    inn: Typed,
    ogrn: Typed,
    address: Typed,
    headPosition: Typed,
    headName: Typed,
    contactPosition: Typed,
    contactName: Typed,
    contactPhone: Typed,
    email: Typed,
  })
  .meta({ id: 'ApplicationDraft' })
export type ApplicationDraft = z.infer<typeof ApplicationDraft>

/** Fields beside the venues, in the order of the page; what a Coordinator can ask to have corrected. */
export const FORM_FIELDS = [
  'organisation',
  'inn',
  'ogrn',
  'address',
  'headPosition',
  'headName',
  'contactPosition',
  'contactName',
  'contactPhone',
  'email',
] as const satisfies readonly (keyof ApplicationForm)[]
export type FormField = (typeof FORM_FIELDS)[number]

/** Whose decision it is; all venues are of one branch. */
export function branchOf(form: Pick<ApplicationForm, 'venues'>): Branch {
  const [first] = form.venues
  if (!first) throw new Error('an application has a venue')
  return BRANCH_OF[first.kind]
}
